import { apiSchemas } from 'backstage-plugin-canary-common/schemas';
import { z } from 'zod';

/** `components.schemas` of the specification: the schemas of `canary-common`. */
export const components = toComponents(apiSchemas);

/** Name of one of `components`. */
export type ComponentName = keyof typeof apiSchemas;

/** A reference to one of `components`. */
export function ref(name: ComponentName) {
  return { $ref: `#/components/schemas/${name}` };
}

function toComponents(
  schemas: Readonly<Record<string, z.ZodType>>,
): Readonly<Record<string, object>> {
  const registry = z.registry<{ readonly id: string }>();
  for (const [id, schema] of Object.entries(schemas)) {
    registry.add(schema, { id });
  }
  const json = z.toJSONSchema(registry, {
    uri: id => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      // Zod says so of every integer, and OpenAPI takes `readOnly`, which zod
      // means of a value in memory, for a field that is not sent.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) {
        delete jsonSchema.minimum;
      }
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) {
        delete jsonSchema.maximum;
      }
      delete jsonSchema.readOnly;
    },
  });
  return Object.fromEntries(
    Object.entries(json.schemas).map(([id, { $schema, $id, ...component }]) => [
      id,
      component,
    ]),
  );
}
