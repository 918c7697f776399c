import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { answerKayentaVector } from './testing/answerKayentaVector';
import { answerSequentialVector } from './testing/answerSequentialVector';
import { differences } from './testing/differences';

/** One published or derived example: what goes in, what must come out. */
interface Vector {
  readonly name: string;
  readonly input: Record<string, any>;
  readonly expected: Record<string, unknown>;
  readonly derived_not_in_source?: Record<string, unknown>;
}

const folder =
  process.env.CANARY_VECTORS_DIR ??
  path.resolve(__dirname, '../../../../test/fixtures/vectors');

const ANSWERS = {
  kayenta: answerKayentaVector,
  sequential: answerSequentialVector,
};

describe.each(['kayenta', 'sequential'] as const)('%s', kind => {
  const files = readdirSync(folder).filter(
    file => file.startsWith(`${kind}-`) && file.endsWith('.json'),
  );
  const vectors = files.flatMap(file =>
    (JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Vector[]).map(
      vector => [`${vector.name} (${file})`, vector] as const,
    ),
  );

  it('has vectors to tie out against', () => {
    expect(vectors).not.toHaveLength(0);
  });

  it.each(vectors)('%s', (_, { name, input, expected, ...vector }) => {
    const answer = ANSWERS[kind](input, name);
    expect(differences(expected, answer)).toEqual([]);
    const derived = vector.derived_not_in_source ?? {};
    expect(differences(derived, answer, 1e-3 * scaleOf(input))).toEqual([]);
  });
});

/** How large the values are that were compared. */
function scaleOf({ experiment = [], control = [] }: Vector['input']): number {
  return Math.max(...[...experiment, ...control].map(Math.abs));
}
