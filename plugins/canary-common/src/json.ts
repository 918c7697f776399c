/** @public */
export type JsonPrimitive = number | string | boolean | null;

/** @public */
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** Any value that JSON can carry. @public */
export type JsonValue = JsonPrimitive | JsonObject | readonly JsonValue[];
