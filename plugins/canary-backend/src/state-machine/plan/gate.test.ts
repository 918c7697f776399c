import { situations } from '../testing/situations';

describe('the gate', () => {
  // Argo Rollouts #3850: an inconclusive analysis was promoted.
  it('is opened by nobody who promotes while it is undecided', () => {
    const simulation = situations['Paused, Inconclusive at the gate']();
    expect(simulation.command('promote')?.refused).toContain('at its gate');
    simulation.until(({ phase }) => phase === 'RolledBack');
    expect(simulation.transcript()).not.toContain('Promoting:');
  });
});
