import { AttentionFacts, needsAttention } from './attention';

const paused = (
  ...holds: AttentionFacts['holds'][number][]
): Partial<AttentionFacts> => ({ phase: 'Paused', holds });
const waiting = (reason: string): Partial<AttentionFacts> => ({
  waitingFor: { reason },
});

it.each<[string, boolean, Partial<AttentionFacts>]>([
  ['walks its steps', false, {}],
  ['waits for its pods', false, waiting('CanaryNotAvailable')],
  ['has a step that works', false, waiting('Analysis')],
  ['pauses for a time', false, paused({ reason: 'StepPause', until: 5 })],
  ['pauses until promoted', true, paused({ reason: 'StepPause' })],
  [
    'is taken back unless somebody promotes it',
    true,
    paused({ reason: 'StepPause', until: 5, rollbackAtEnd: true }),
  ],
  ['waits for approval', true, paused({ reason: 'Approval' })],
  [
    'waits for approval for a time',
    true,
    paused({ reason: 'Approval', until: 5 }),
  ],
  ['is paused by hand', true, paused({ reason: 'Manual' })],
  ['is undecided', true, paused({ reason: 'Inconclusive' })],
  ['has no data', true, paused({ reason: 'NoData', until: 5 })],
  ['met a foreign change', true, paused({ reason: 'ForeignChange' })],
  [
    'pauses for a time and has no data',
    true,
    paused({ reason: 'StepPause', until: 5 }, { reason: 'NoData', until: 5 }),
  ],
  ['goes back', true, { phase: 'RollingBack' }],
  ['cannot reach its cluster', true, waiting('ClusterUnreachable')],
  ['fails in the controller', true, waiting('ControllerFailed')],
  ['has a route it cannot use', true, waiting('RouteUnusable')],
  [
    'meets a foreign change while it is promoted',
    true,
    { phase: 'Promoting', ...waiting('ForeignChange') },
  ],
  ['succeeded', false, { phase: 'Succeeded' }],
  [
    'was taken back, whatever it waited for',
    false,
    { phase: 'RolledBack', ...waiting('ExposureReversed') },
  ],
])('a rollout that %s needs a person: %s', (_, want, facts) => {
  expect(needsAttention({ phase: 'Progressing', holds: [], ...facts })).toBe(
    want,
  );
});
