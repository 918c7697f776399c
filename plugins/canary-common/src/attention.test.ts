import { AttentionFacts, needsAttention } from './attention';
import { HoldEnd } from './hold';

const held = (...ends: HoldEnd[]): Partial<AttentionFacts> => ({
  phase: 'Paused',
  holds: ends.map(endsBy => ({ endsBy })),
});
const waiting = (reason: string): Partial<AttentionFacts> => ({
  waitingFor: { reason },
});

it.each<[string, boolean, Partial<AttentionFacts>]>([
  ['walks its steps', false, {}],
  ['waits for its pods', false, waiting('CanaryNotAvailable')],
  ['has a step that works', false, waiting('Analysis')],
  ['pauses for a time', false, held('time')],
  ['waits until somebody acts', true, held('person')],
  ['is taken back unless somebody acts', true, held('rollback')],
  ['has no data', true, held('data')],
  ['pauses for a time and has no data', true, held('time', 'data')],
  ['goes back', true, { phase: 'RollingBack' }],
  ['cannot reach its cluster', true, waiting('ClusterUnreachable')],
  ['cannot read one of its objects', true, waiting('NotSeen')],
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
