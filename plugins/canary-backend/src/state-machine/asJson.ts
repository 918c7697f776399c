import { JsonObject } from 'backstage-plugin-canary-common';

/**
 * A plain value of the model as the data of an event. Interfaces have no index
 * signature, so TypeScript does not see that they are JSON already.
 */
export function asJson(value: object): JsonObject {
  return value as JsonObject;
}
