/**
 * A port of the tests' own, so that they run beside a developer's demo; every
 * worker of Jest has others, so that two suites run beside each other.
 *
 * @param usual - of the demo
 */
export function ownPort(usual: number): number {
  const worker = Number(process.env.JEST_WORKER_ID ?? 1);
  return usual + 20_000 + worker - 1;
}
