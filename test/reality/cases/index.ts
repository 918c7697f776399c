import { RealityCase } from '../playTogether';
import { autoscaler } from './autoscaler';
import { disruptions } from './disruptions';
import { faults } from './faults';
import { foreignEdits } from './foreignEdits';
import { lateCreates } from './lateCreates';
import { refusals } from './refusals';
import { releases } from './releases';
import { undo } from './undo';

/** Cases whose backend reaches the API server by itself. */
export const direct: readonly RealityCase[] = [
  ...releases,
  ...foreignEdits,
  ...autoscaler,
  ...disruptions,
  ...refusals,
  ...undo,
];

/** Cases whose backend reaches it through the faulty proxy. */
export const proxied: readonly RealityCase[] = [...faults, ...lateCreates];

/** Names of the shops of cases. */
export const namesOf = (cases: readonly RealityCase[]): string[] =>
  cases.map(({ shop }) => shop);
