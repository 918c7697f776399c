import { COMMANDS, Phase, PHASES } from 'backstage-plugin-canary-common';
import { paperEngine } from '../../engines/testing/paperEngine';
import { RolloutState } from '../../rollout';
import { SameWorkloadRollouts, StoredRollout } from '../../store';
import { startedRollout } from '../../state-machine/testing';
import { viewRollouts } from './viewRollouts';

const stored = (changes: Partial<RolloutState>): StoredRollout => ({
  state: { ...startedRollout(), ...changes },
  revision: 1,
  epoch: 1,
});

const view = async (
  of: Partial<RolloutState>,
  around: SameWorkloadRollouts = {},
) => {
  const [{ allowedCommands, refusals = {} }] = await viewRollouts(
    [stored(of)],
    {
      engine: paperEngine,
      readSameWorkload: async ids => new Map(ids.map(id => [id, around])),
      readWorst: async () => new Map(),
    },
    0,
  );
  return { allowedCommands, refusals };
};

/** Which commands are a question at all. */
const wanted = (phase: Phase) =>
  ({ Succeeded: ['rollback'], RolledBack: ['retry'] }[phase as string] ??
  COMMANDS.filter(one => one !== 'retry' && one !== 'rollback'));

it.each(PHASES)('says yes or why not to every command of %s', async phase => {
  const { allowedCommands, refusals } = await view({ phase });
  expect([...allowedCommands, ...Object.keys(refusals)].sort()).toEqual(
    [...wanted(phase)].sort(),
  );
  for (const sentence of Object.values(refusals)) {
    expect(sentence).toMatch(/^[A-Z].{20,}/);
  }
});

it('says it in the words of the guards', async () => {
  const { refusals } = await view({
    phase: 'Progressing',
    desired: { ...startedRollout().desired, replicas: 3 },
  });
  expect(refusals).toEqual({
    promote: expect.stringContaining('it does not skip work'),
    promoteFull: expect.stringContaining('Only 0 of 3 pods of checkout-canary'),
    resume: expect.stringContaining('not paused by hand'),
  });
});

it.each<[string, Partial<RolloutState>, SameWorkloadRollouts, object]>([
  [
    'a retry while another rollout runs',
    { phase: 'RolledBack' },
    { active: { id: 'r9', phase: 'Paused' } },
    { retry: expect.stringMatching(/^Rollout r9 of .* is Paused; wait for/) },
  ],
  [
    'a retry of a rollback',
    { phase: 'RolledBack', strategy: 'rollback', rollbackOf: 'r0' },
    {},
    { retry: expect.stringContaining('was a rollback of r0') },
  ],
  [
    'a rollback of a rollback',
    { phase: 'Succeeded', strategy: 'rollback', rollbackOf: 'r0' },
    { latestSucceeded: 'r1' },
    { rollback: expect.stringContaining('was a rollback itself') },
  ],
  [
    'a rollback of what is not the latest success',
    { phase: 'Succeeded' },
    { latestSucceeded: 'r9' },
    { rollback: expect.stringMatching(/not the latest success .*\(r9\)/) },
  ],
  [
    'a rollback while another rollout runs',
    { phase: 'Succeeded' },
    { active: { id: 'r9', phase: 'Pending' } },
    { rollback: expect.stringMatching(/^Rollout r9 of .* is Pending/) },
  ],
  [
    'nothing of the latest success',
    { phase: 'Succeeded' },
    { latestSucceeded: 'r1' },
    {},
  ],
  ['nothing of what can be tried again', { phase: 'RolledBack' }, {}, {}],
])('refuses %s', async (_, of, around, want) => {
  const { allowedCommands, refusals } = await view(of, around);
  expect(refusals).toEqual(want);
  expect(allowedCommands).toHaveLength(Object.keys(want).length === 0 ? 1 : 0);
});
