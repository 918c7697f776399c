import { z } from 'zod';
import { mapOf } from './mapOf';

const three = mapOf(z.string(), { min: 1, max: 3 });
const entries = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`n${n}`, 'x']));

it.each([
  [0, false],
  [1, true],
  [3, true],
  [4, false],
])('with bounds of 1 and 3 takes %s entries: %s', (count, want) => {
  expect(three.safeParse(entries(count)).success).toBe(want);
});

it('tells its bounds in JSON Schema, and none where it has none', () => {
  expect(z.toJSONSchema(three)).toMatchObject({
    minProperties: 1,
    maxProperties: 3,
  });
  const free = z.toJSONSchema(mapOf(z.string()));
  expect(free).not.toHaveProperty('minProperties');
  expect(free).not.toHaveProperty('maxProperties');
});
