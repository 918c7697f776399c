import { routeTraffic } from '../routeTraffic';
import { SourceNode } from '../SourceNode';

/** The traffic router of a plan, as near to that of the `Rollout` as may be. */
export function trafficOf(
  canary: SourceNode,
  {
    at,
    service,
    steps,
  }: {
    readonly at: SourceNode;
    readonly service: string;
    readonly steps: readonly object[];
  },
): object {
  const routing = canary.get('trafficRouting');
  const needsRoute = steps.some(
    step => 'headerRoute' in step || 'mirror' in step,
  );
  if (!routing.exists && !needsRoute) {
    at.note(
      'check',
      'Without traffic routing the share follows from the number of pods: the router replica-ratio refuses shares that the pods cannot make.',
    );
    return { router: 'replica-ratio' };
  }
  const plugin = routing.get('plugins').get('argoproj-labs/gatewayAPI');
  const routes = plugin.get('httpRoutes').items();
  const named = plugin.get('httpRoute').text() ?? routes[0]?.get('name').text();
  if (named) {
    plugin
      .get('namespace')
      .note(
        'changed',
        'The route is looked for in the namespace of the workload.',
      );
    routes
      .slice(1)
      .forEach(route => route.note('lost', 'A plan splits one route.'));
    return routeTraffic(named);
  }
  (routing.exists ? routing : at).note(
    'check',
    `The plan splits the HTTPRoute ${service}; name yours, or another router.`,
  );
  return routeTraffic(service);
}
