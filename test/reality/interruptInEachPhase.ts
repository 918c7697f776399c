/* eslint-disable jest/no-export -- a suite that is there to be used */
import { Moment, moments, Standing } from './cases/moments';
import { Reality } from './Reality';

const shopOf = (prefix: string, phase: string) =>
  `${prefix}-${phase.toLowerCase()}`;

/** Names of the shops of an interruption. */
export const shopsOf = (prefix: string): string[] =>
  moments.map(({ phase }) => shopOf(prefix, phase));

/**
 * Brings a rollout to stand in each phase, breaks something under all of them at
 * once, and sees each to its end.
 *
 * @param prefix - of the names of their shops
 * @param interrupt - breaks it, and mends it
 */
export function interruptInEachPhase(
  reality: () => Reality,
  prefix: string,
  interrupt: (reality: Reality, standing: readonly Standing[]) => Promise<void>,
): void {
  const standing = new Map<string, Standing>();

  beforeAll(async () => {
    const bring = async ({ phase, bring: begin }: Moment) => {
      const stands = await begin(reality(), shopOf(prefix, phase));
      const rollout = await reality().portal.rollout(stands.id);
      expect(rollout.phase).toBe(phase);
      standing.set(phase, stands);
    };
    await Promise.all(moments.map(bring));
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
