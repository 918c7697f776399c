import { LoadRates } from '../load';
import { shopServices } from '../seed';

const highest = 2000;

/**
 * Reads a rate for the whole shop, split as the demo's load is, or a rate by
 * host; undefined when it is neither.
 */
export function parseLoadRates(value: unknown): LoadRates | undefined {
  if (isRate(value)) {
    const [main] = shopServices;
    return Object.fromEntries(
      shopServices.map(({ host, requestsPerSecond }) => [
        host,
        (value * requestsPerSecond) / main.requestsPerSecond,
      ]),
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return undefined;
  }
  const entries = Object.entries(value);
  return entries.every(([, rate]) => isRate(rate))
    ? Object.fromEntries(entries)
    : undefined;
}

/** The load of the demo. */
export const defaultLoadRates: LoadRates = Object.fromEntries(
  shopServices.map(({ host, requestsPerSecond }) => [host, requestsPerSecond]),
);

function isRate(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= highest;
}
