import { JsonObject } from 'backstage-plugin-canary-common';
import { routeOf } from '../../testing/routes';
import { acceptanceIn, readAcceptance, recordAcceptance } from './acceptance';

const report = (
  name: string,
  status: string,
  observedGeneration: number,
  more: JsonObject = {},
) => ({
  parentRef: { name, ...more },
  controllerName: 'example.io/gateways',
  conditions: [
    { type: 'ResolvedRefs', status: 'True', observedGeneration: 1 },
    { type: 'Accepted', status, observedGeneration, reason: 'NotAllowed' },
  ],
});

const full = {
  group: 'gateway.networking.k8s.io',
  kind: 'Gateway',
  namespace: 'shop',
};

const routeAt = (
  generation: number,
  parents: any,
  names = ['public', 'inner'],
) =>
  routeOf([], {
    parentRefs: names.map(name => ({ name })),
    metadata: { name: 'checkout', namespace: 'shop', generation },
    status: { parents },
  });

/** What a rollout that started on these reports keeps. */
const recorded = (parents: any) =>
  acceptanceIn(
    JSON.parse(JSON.stringify(recordAcceptance(routeAt(6, parents)).record)),
  );

describe('readAcceptance', () => {
  it.each`
    case                                             | before                                                        | parents                                                       | want
    ${'nobody ever reported'}                        | ${[]}                                                         | ${[]}                                                         | ${true}
    ${'the reports vanished'}                        | ${[report('public', 'True', 6)]}                              | ${[]}                                                         | ${false}
    ${'it took over the latest generation'}          | ${[report('public', 'True', 6)]}                              | ${[report('public', 'True', 7)]}                              | ${true}
    ${'a reference is written out since'}            | ${[report('public', 'True', 6)]}                              | ${[report('public', 'True', 7, full)]}                        | ${true}
    ${'it is a generation behind'}                   | ${[report('public', 'True', 6)]}                              | ${[report('public', 'True', 6)]}                              | ${false}
    ${'it was behind at the start and still is'}     | ${[report('public', 'True', 5)]}                              | ${[report('public', 'True', 5)]}                              | ${false}
    ${'it refuses the route by now'}                 | ${[report('public', 'True', 6)]}                              | ${[report('public', 'False', 7)]}                             | ${false}
    ${'one of two gateways is behind'}               | ${[report('public', 'True', 6), report('inner', 'True', 6)]}  | ${[report('public', 'True', 7), report('inner', 'True', 6)]}  | ${false}
    ${'the report of one of two vanished'}           | ${[report('public', 'True', 6), report('inner', 'True', 6)]}  | ${[report('public', 'True', 7)]}                              | ${false}
    ${'another one never accepted it'}               | ${[report('public', 'True', 6), report('inner', 'False', 6)]} | ${[report('public', 'True', 7), report('inner', 'False', 7)]} | ${true}
    ${'another one never reported'}                  | ${[report('public', 'True', 6)]}                              | ${[report('public', 'True', 7)]}                              | ${true}
    ${'another one accepts it since, and is behind'} | ${[report('public', 'True', 6), report('inner', 'False', 6)]} | ${[report('public', 'True', 7), report('inner', 'True', 6)]}  | ${false}
    ${'another one refuses it since'}                | ${[report('public', 'True', 6)]}                              | ${[report('public', 'True', 7), report('inner', 'False', 7)]} | ${true}
    ${'a gateway that was left behind is behind'}    | ${[report('public', 'True', 6)]}                              | ${[report('public', 'True', 7), report('old', 'True', 2)]}    | ${true}
    ${'a report has no conditions any more'}         | ${[report('public', 'True', 6)]}                              | ${[{ parentRef: { name: 'public' } }]}                        | ${false}
    ${'the status is none'}                          | ${[report('public', 'True', 6)]}                              | ${'x'}                                                        | ${false}
  `('is $want when $case', ({ before, parents, want }) => {
    const { accepted, unaccepted } = readAcceptance(
      routeAt(7, parents),
      recorded(before),
    );
    expect(accepted).toBe(want);
    expect(unaccepted === undefined).toBe(want);
  });

  it('waits for nobody whom the route no longer names', () => {
    const both = [report('public', 'True', 6), report('inner', 'True', 6)];
    const route = routeAt(7, [report('public', 'True', 7)], ['public']);
    expect(readAcceptance(route, recorded(both))).toEqual({ accepted: true });
  });

  it('says who has not taken the route over, and why', () => {
    const both = [report('public', 'True', 6), report('inner', 'True', 6)];
    const now = [report('public', 'True', 6), report('inner', 'False', 7)];
    expect(readAcceptance(routeAt(7, now), recorded(both)).unaccepted).toBe(
      'Gateway shop/public has not taken over generation 7 of HTTPRoute shop/checkout yet. ' +
        'Gateway shop/inner does not accept HTTPRoute shop/checkout (NotAllowed) any more.',
    );
  });

  it('hears every report where a rollout recorded no gateways yet', () => {
    const now = [report('public', 'True', 7), report('inner', 'False', 7)];
    expect(
      readAcceptance(routeAt(7, now), acceptanceIn({ reported: true }))
        .accepted,
    ).toBe(false);
  });
});

describe('recordAcceptance', () => {
  it('tells of each gateway that does not have the route', () => {
    const parents = [report('public', 'True', 6), report('inner', 'False', 6)];
    const route = routeAt(6, parents, ['public', 'inner', 'third']);
    expect(recordAcceptance(route).refusals).toEqual([
      'Gateway shop/inner does not accept HTTPRoute shop/checkout (NotAllowed)',
      'Gateway shop/third reports nothing of HTTPRoute shop/checkout',
    ]);
  });
});
