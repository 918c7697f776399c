import { QueryArgument } from 'backstage-plugin-canary-node';
import { ArmCondition } from './ArmMatcher';
import { GroupedWay } from './readWays';

/**
 * The query of a way for many arms: each condition becomes one that any of the
 * arms meets.
 *
 * @param conditions - of every arm, in the order of the way's matchers
 * @param escape - writes a text so that it cannot leave its quotes
 */
export function groupQuery(
  { pieces, matchers }: GroupedWay,
  conditions: readonly (readonly ArmCondition[])[],
  escape: (argument: QueryArgument) => string,
): string {
  return pieces
    .map(piece => {
      if (typeof piece === 'string') return piece;
      const index = matchers.findIndex(
        one => JSON.stringify(one) === JSON.stringify(piece),
      );
      const patterns = new Set(conditions.map(arm => arm[index].pattern));
      const value = [...patterns].join('|');
      return `${piece.label}=~"${escape({ type: 'pattern', value })}"`;
    })
    .join('');
}
