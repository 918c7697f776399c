export { LoadGenerator } from './LoadGenerator';
export type { LoadRates } from './LoadGenerator';
