import { observedBuckets } from './observedBuckets';

/** The content type by which Prometheus asks for native histograms. */
export const PROTOBUF =
  'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited';

const HISTOGRAM = 4;

/**
 * One metric family of native histograms as a scraped program writes it: a
 * `MetricFamily` of `io.prometheus.client`, with its length before it.
 *
 * @see metrics.proto of prometheus/client_model
 */
export function expose(family: {
  readonly name: string;
  readonly schema: number;
  readonly series: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly observations: readonly number[];
  }[];
}): Buffer {
  const { name, schema, series } = family;
  const message = Buffer.concat([
    text(1, name),
    varint(3, HISTOGRAM),
    ...series.map(({ labels, observations }) =>
      bytes(4, [
        ...Object.entries(labels).map(([label, value]) =>
          bytes(1, [text(1, label), text(2, value)]),
        ),
        bytes(7, histogram(observations, schema)),
      ]),
    ),
  ]);
  return Buffer.concat([base128(message.length), message]);
}

/** A `Histogram`, each of its buckets a span of its own, as the format allows. */
function histogram(
  observations: readonly number[],
  schema: number,
): readonly Buffer[] {
  const buckets = observedBuckets(observations, schema);
  const before = (at: number) => buckets[at - 1] ?? [-1, 0];
  return [
    varint(1, observations.length),
    double(
      2,
      observations.reduce((sum, one) => sum + one, 0),
    ),
    varint(5, zigzag(schema)),
    double(6, 2 ** -128),
    varint(7, 0),
    ...buckets.map(([index], at) => {
      // The first offset is an index, every other the gap after the last span.
      const offset = at === 0 ? index : index - before(at)[0] - 1;
      return bytes(12, [varint(1, zigzag(offset)), varint(2, 1)]);
    }),
    ...buckets.map(([, count], at) =>
      varint(13, zigzag(count - before(at)[1])),
    ),
  ];
}

function varint(field: number, value: number): Buffer {
  return Buffer.concat([base128(field * 8), base128(value)]);
}

function double(field: number, value: number): Buffer {
  const content = Buffer.alloc(8);
  content.writeDoubleLE(value);
  return Buffer.concat([base128(field * 8 + 1), content]);
}

function bytes(field: number, content: readonly Buffer[]): Buffer {
  const whole = Buffer.concat(content);
  return Buffer.concat([base128(field * 8 + 2), base128(whole.length), whole]);
}

function text(field: number, value: string): Buffer {
  return bytes(field, [Buffer.from(value)]);
}

/** Signed numbers of small size as unsigned ones of small size. */
function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function base128(value: number): Buffer {
  const groups: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) {
    groups.push((rest % 128) + 128);
  }
  return Buffer.from([...groups, rest]);
}
