/** Ends every `switch`: a case that the compiler proved absent was there. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value ${JSON.stringify(value)}`);
}
