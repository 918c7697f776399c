const REF = /^([a-z]+):(?:([\w.-]+)\/)?([\w.-]+)$/i;

/**
 * Who a reference names, as people say it: `group:default/sre` is `group sre`,
 * `user:default/jane` is `jane`. Text that is no such reference stays.
 */
export function describeRef(ref: string): string {
  const [, kind, namespace = 'default', name] = REF.exec(ref) ?? [];
  if (!name) return ref;
  const full = namespace === 'default' ? name : `${namespace}/${name}`;
  return kind.toLocaleLowerCase('en-US') === 'user' ? full : `${kind} ${full}`;
}
