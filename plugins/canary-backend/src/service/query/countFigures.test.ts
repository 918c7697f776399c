import { RolloutSelection } from 'backstage-plugin-canary-common';
import { RolloutCount } from '../../store';
import { countFigures } from './countFigures';

const row = (
  name: string,
  owner: string | undefined,
  cluster: string,
  rollouts: number,
  changes: Partial<RolloutCount> = {},
): RolloutCount => ({
  entityRef: `component:default/${name}`,
  owner,
  cluster,
  phase: 'Succeeded',
  rollouts,
  attention: 0,
  ...changes,
});

const COUNTS = [
  row('checkout', 'shop', 'eu', 5, { system: 'web' }),
  row('checkout', 'shop', 'eu', 1, {
    system: 'web',
    phase: 'Paused',
    attention: 1,
  }),
  row('checkout', 'pay', 'us', 2, { system: 'web' }),
  row('search', 'find', 'us', 7),
  row('orphan', undefined, 'us', 3, { phase: 'RolledBack' }),
];

const facets = (selection: RolloutSelection) => {
  const { owners, systems, clusters } = countFigures(COUNTS, selection);
  return [owners, systems, clusters].map(facet =>
    facet.map(({ value, count }) => `${value} ${count}`).join(', '),
  );
};

it('counts every phase, those that no rollout is in too', () => {
  const { phases, attention } = countFigures(COUNTS, {});
  expect(phases).toEqual({
    Pending: 0,
    Initializing: 0,
    Progressing: 0,
    Paused: 1,
    Promoting: 0,
    RollingBack: 0,
    Succeeded: 14,
    RolledBack: 3,
  });
  expect(attention).toBe(1);
});

it('counts the phases of the selection alone', () => {
  const { phases, attention } = countFigures(COUNTS, {
    owner: ['pay', 'find'],
    cluster: 'us',
  });
  expect([phases.Succeeded, phases.RolledBack, attention]).toEqual([9, 0, 0]);
});

it.each<[string, RolloutSelection, string[]]>([
  ['all', {}, ['find 7, shop 6, pay 2', 'web 8', 'us 12, eu 6']],
  [
    'an owner: other owners stay to choose from',
    { owner: ['shop'] },
    ['find 7, shop 6, pay 2', 'web 6', 'eu 6'],
  ],
  ['a cluster', { cluster: 'us' }, ['find 7, pay 2', 'web 2', 'us 12, eu 6']],
  [
    'an owner and a cluster without a rollout in common',
    { owner: ['shop'], cluster: 'us' },
    ['find 7, pay 2', '', 'eu 6'],
  ],
  [
    'an entity, which is no choice and always holds',
    { entityRef: 'component:default/checkout', system: 'web' },
    ['shop 6, pay 2', 'web 8', 'eu 6, us 2'],
  ],
  ['nothing there', { system: 'none' }, ['', 'web 8', '']],
])('offers choices beside %s', (_, selection, want) => {
  expect(facets(selection)).toEqual(want);
});
