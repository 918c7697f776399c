/* eslint-disable jest/no-export -- a suite that is there to be used */
import assert from 'node:assert/strict';
import { moments, Standing } from './cases/moments';
import { Reality } from './Reality';

const shopOf = (prefix: string, phase: string) =>
  `${prefix}-${phase.toLowerCase()}`;

/** Names of the shops of an interruption. */
export const shopsOf = (prefix: string): string[] =>
  moments.map(({ phase }) => shopOf(prefix, phase));

/** Brings a rollout to stand in each phase, in shops whose names begin so. */
export async function standInEachPhase(
  reality: Reality,
  prefix: string,
): Promise<Map<string, Standing>> {
  const standing = await Promise.all(
    moments.map(async ({ phase, bring }) => {
      const stands = await bring(reality, shopOf(prefix, phase));
      const rollout = await reality.portal.rollout(stands.id);
      assert.equal(rollout.phase, phase);
      return [phase, stands] as const;
    }),
  );
  return new Map(standing);
}

/**
 * Breaks something under rollouts that stand in each phase, all at once, and sees
 * each to its end.
 *
 * @param interrupt - breaks it, and mends it
 */
export function interruptInEachPhase(
  reality: () => Reality,
  standInEach: () => Promise<Map<string, Standing>>,
  interrupt: (reality: Reality, standing: readonly Standing[]) => Promise<void>,
): void {
  let standing: Map<string, Standing>;

  beforeAll(async () => {
    standing = await standInEach();
    await interrupt(reality(), [...standing.values()]);
    await Promise.all([...standing.values()].map(({ release }) => release()));
  });

  it.each(moments)('in $phase', async ({ phase }) => {
    const { id, shop, want } = standing.get(phase)!;
    await reality().expectEnd(id, want);
    await shop.expectAsFound(want.image);
    const { portal } = reality();
    const audit = await portal.get(`/rollouts/${id}/audit`);
    expect(audit.body).toMatchObject({ valid: true });
    const events = await portal.events(id);
    expect(events.filter(({ kind }) => kind === 'Started')).toHaveLength(1);
  });
}
