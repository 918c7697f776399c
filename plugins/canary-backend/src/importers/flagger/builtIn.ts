import { SourceNode } from '../SourceNode';

/** Ready-made metrics of ours that count as Flagger's observer of a provider does. */
const PRESETS: Readonly<Record<string, string>> = {
  istio: 'istio',
  linkerd: 'linkerd',
  contour: 'contour',
  nginx: 'nginx-ingress',
  traefik: 'traefik',
};

/** The metrics that Flagger has without a template. */
export const BUILT_IN = ['request-success-rate', 'request-duration'];

/** `request-success-rate` as the error rate, `request-duration` as the latency. */
export function builtInMetric(
  name: string,
  metric: SourceNode,
  context: {
    readonly provider: string | undefined;
    readonly source: string;
    readonly range: { readonly min?: number; readonly max?: number };
  },
): object {
  const { provider = 'istio', source, range } = context;
  const family = Object.hasOwn(PRESETS, provider) ? PRESETS[provider] : 'istio';
  if (family !== PRESETS[provider]) {
    metric
      .get('name')
      .note(
        'check',
        `There is no ready-made metric for ${provider.slice(
          0,
          40,
        )}; that of Istio stands in its place.`,
      );
  }
  const isLatency = name === 'request-duration';
  metric
    .get('name')
    .note(
      'changed',
      isLatency
        ? 'The ready-made latency is the 95th percentile in ms, not the 99th; see whether your limit still fits.'
        : 'Success is measured by its opposite, the error rate: a minimum of 99 is a maximum of 1.',
    );
  const { min, max } = isLatency ? range : opposite(range);
  const bounds =
    (min ?? max) === undefined ? { max: isLatency ? 500 : 1 } : { min, max };
  return {
    preset: `${family}/${isLatency ? 'latency' : 'error-rate'}`,
    source,
    judge: { kind: 'threshold', ...bounds },
  };
}

/** A success rate's bounds as those of an error rate, in percent. */
function opposite({
  min,
  max,
}: {
  readonly min?: number;
  readonly max?: number;
}) {
  const of = (bound?: number) =>
    bound === undefined ? undefined : Number((100 - bound).toPrecision(12));
  return { min: of(max), max: of(min) };
}
