import { apiSchemas } from 'backstage-plugin-canary-common/schemas';
import { components } from './components';
import { spec } from './openapi';

/** Everything below a value that has this key. */
function* having(key: string, value: unknown): Generator<any> {
  if (typeof value !== 'object' || value === null) return;
  if (key in value) yield value;
  for (const part of Object.values(value)) yield* having(key, part);
}

describe('the components of the specification', () => {
  it('are the schemas of canary-common and no others', () => {
    expect(Object.keys(components).sort()).toEqual(
      Object.keys(apiSchemas).sort(),
    );
  });

  it('are all that a reference names', () => {
    const named = [...having('$ref', spec)].map(({ $ref }) => $ref);
    const known = Object.keys(components).map(
      name => `#/components/schemas/${name}`,
    );
    expect([...new Set(named)].filter(ref => !known.includes(ref))).toEqual([]);
  });

  it('stand in every request and answer, and no shape beside them', () => {
    for (const { content } of having('content', spec.paths)) {
      expect(Object.keys(content['application/json'].schema)).toEqual(['$ref']);
    }
    expect([...having('properties', spec.paths)]).toEqual([]);
  });

  it('say what a field means, what may be sent, and nothing of memory', () => {
    expect(components.Hold).toMatchObject({
      type: 'object',
      properties: {
        reason: { type: 'string', enum: expect.arrayContaining(['NoData']) },
        since: { type: 'string', description: 'ISO 8601 instant' },
      },
      required: expect.not.arrayContaining(['until']),
      additionalProperties: false,
    });
    expect(components.StartRequest).toMatchObject({
      properties: {
        images: { minProperties: 1, maxProperties: 50 },
        reason: { type: 'string', maxLength: 2000 },
      },
    });
    expect(components.Rollout).toMatchObject({
      properties: { plan: { $ref: '#/components/schemas/Plan' } },
    });
    expect([...having('readOnly', components)]).toEqual([]);
  });
});
