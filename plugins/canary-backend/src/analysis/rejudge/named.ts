/** The value of this name: some names are those of what every object has. */
export function named<T>(
  values: Readonly<Record<string, T>>,
  name: string,
): T | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
