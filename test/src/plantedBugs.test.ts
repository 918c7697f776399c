import { readFileSync } from 'node:fs';
import path from 'node:path';
import { plantedBugs } from '../mutation/planted';

const root = path.resolve(__dirname, '../..');

// `npm run mutate` plants each of them; one that fits nowhere would find nothing.
describe('planted bugs', () => {
  it.each(plantedBugs.map(bug => [`${bug.file}: ${bug.fault}`, bug] as const))(
    '%s',
    (_, { file, from, to }) => {
      const parts = readFileSync(path.join(root, file), 'utf8').split(from);
      expect(parts).toHaveLength(2);
      expect(to).not.toBe(from);
    },
  );

  it('are as many as we promise', () => {
    expect(plantedBugs.length).toBeGreaterThanOrEqual(80);
  });
});
