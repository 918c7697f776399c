import { nothingSeen } from '../rollout';
import { MINUTE } from './testing';
import { situations } from './testing/situations';

const away = { unknown: nothingSeen('cluster local does not answer') };

describe('a cluster that does not answer', () => {
  it('advances nothing and says so', () => {
    const simulation = situations['Progressing, at the gate']().change(away);
    simulation.run(4 * MINUTE);
    expect(simulation.rollout).toMatchObject({
      phase: 'Progressing',
      waitingFor: { reason: 'ClusterUnreachable' },
    });
  });

  it('does not stop the clock of missing data', () => {
    const simulation = situations['Progressing, at the gate']().change(away);
    simulation.answers = () => 'NoData';
    simulation.run(2 * MINUTE);
    expect(simulation.rollout).toMatchObject({
      phase: 'Paused',
      holds: [{ reason: 'NoData' }],
      waitingFor: { reason: 'ClusterUnreachable' },
    });
    simulation.run(4 * MINUTE);
    expect(simulation.rollout).toMatchObject({
      phase: 'RollingBack',
      outcome: { reason: 'NoData' },
    });
  });
});
