import { ServiceView } from 'backstage-plugin-canary-node';

/** Whether a Service selects pods with these labels; one without a selector selects none. */
export function selects(
  { selector }: ServiceView,
  labels: Readonly<Record<string, string>>,
): boolean {
  const wanted = Object.entries(selector);
  return (
    wanted.length > 0 &&
    wanted.every(
      ([name, value]) => Object.hasOwn(labels, name) && labels[name] === value,
    )
  );
}
