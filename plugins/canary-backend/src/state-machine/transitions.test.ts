import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PHASES } from 'backstage-plugin-canary-common';
import { GUARDS, MachineCommand } from './commands';
import { markdownTable } from './testing/markdownTable';
import { commandOutcomeOf, outcomeOf } from './testing/outcomes';
import { sights, situations } from './testing/situations';
import { triggerTable } from './testing/triggerTable';
import { commandTransitions, observationTransitions } from './transitions';

const COMMANDS: readonly MachineCommand[] = [
  'promote',
  'promoteFull',
  'abort',
  'pause',
  'resume',
];

const cellsOf = (
  rows: Readonly<Record<string, Readonly<Record<string, string>>>>,
) =>
  Object.entries(rows).flatMap(([row, cells]) =>
    Object.entries(cells).map(([column, want]) => ({ row, column, want })),
  );

describe('the table of commands', () => {
  it('has a row for every situation and a cell for every command', () => {
    expect(Object.keys(commandTransitions)).toEqual(Object.keys(situations));
    for (const row of Object.values(commandTransitions)) {
      expect(Object.keys(row)).toEqual(COMMANDS);
    }
  });

  it('has a situation of every phase', () => {
    const phases = Object.values(situations).map(make => make().rollout.phase);
    expect(new Set(phases)).toEqual(new Set(PHASES));
    expect(Object.keys(GUARDS)).toEqual(PHASES);
  });

  it.each(cellsOf(commandTransitions))(
    '$row: $column → $want',
    ({ row, column, want }) => {
      const got = commandOutcomeOf(situations[row](), column as MachineCommand);
      expect(got).toBe(want);
    },
  );
});

describe('the table of observations', () => {
  it('has a row for every sight', () => {
    expect(Object.keys(observationTransitions)).toEqual(Object.keys(sights));
  });

  it.each(cellsOf(observationTransitions))(
    '$column: $row → $want',
    ({ row, column, want }) => {
      expect(outcomeOf(situations[column](), sights[row])).toBe(want);
    },
  );

  const takenBack = Object.entries(observationTransitions).filter(
    ([sight, cells]) =>
      cells['Paused, StepPause'].startsWith('RollingBack') &&
      // A person was asked to decide about that one.
      sight !== 'data is missing for longer than the hold',
  );
  // Nobody is on the canary of a rollout that is Disrupted: it has a column of its own.
  const pauses = Object.keys(situations).filter(
    name => name.startsWith('Paused') && name !== 'Paused, Disrupted',
  );
  it.each(
    takenBack.flatMap(([sight, cells]) =>
      ['Progressing, at the gate', ...pauses].map(situation => ({
        sight,
        situation,
        want: cells['Paused, StepPause'],
      })),
    ),
  )('$situation: $sight → $want, as in every hold', row => {
    const { sight, situation, want } = row;
    expect(outcomeOf(situations[situation](), sights[sight])).toBe(want);
  });
});

describe('docs/state-machine.md', () => {
  const page = readFileSync(
    join(__dirname, '../../../../docs/state-machine.md'),
    'utf8',
  );

  it.each([
    ['commands', markdownTable('From', commandTransitions)],
    ['observations', markdownTable('Seen', observationTransitions)],
    ['triggers', markdownTable('Looks for', triggerTable())],
  ])('shows the table of %s as the code has it', (name, table) => {
    const shown = page
      .split(`<!-- ${name} -->`)[1]
      ?.split(`<!-- /${name} -->`)[0];
    expect(shown?.trim()).toBe(table);
  });
});
