import { ImportNote } from 'backstage-plugin-canary-common';

/** Where in a source document: keys and indexes from its top. */
export type Path = readonly (string | number)[];

const PASSED_OVER =
  'Nothing here corresponds to it; see whether you need it, and leave it behind if not.';

/**
 * What became of each part of a source: read, told about, or neither. What is
 * neither in the end is told as lost, so that nothing disappears in silence.
 */
export class ImportNotes {
  private readonly read = new Set<string>();
  private readonly told = new Map<string, { path: Path; note: ImportNote }>();

  markRead(path: Path): void {
    this.read.add(stringifyPath(path));
  }

  /** An empty map has nothing that could be passed over. */
  markEmpty(path: Path, map: object): void {
    if (Object.keys(map).length === 0) this.markRead(path);
  }

  add(path: Path, severity: ImportNote['severity'], message: string): void {
    const place = stringifyPath(path);
    this.told.set(`${place}\n${severity}\n${message}`, {
      path,
      note: { path: place || 'text', severity, message },
    });
  }

  /** Every note about these documents, in their order, what was passed over included. */
  about(documents: readonly { value: unknown; path: Path }[]): ImportNote[] {
    const noted = new Set(
      [...this.told.values()].map(({ path }) => stringifyPath(path)),
    );
    const order = new Map<string, number>();
    const walk = (value: unknown, path: Path, covered: boolean): boolean => {
      const place = stringifyPath(path);
      order.set(place, order.size);
      const known = covered || noted.has(place) || this.read.has(place);
      const touched = childrenOf(value).map(([key, child]) => ({
        path: [...path, key],
        touched: walk(child, [...path, key], known),
      }));
      const any = known || touched.some(one => one.touched);
      // Wholly passed over: told once, at the highest place.
      if (any) {
        for (const one of touched.filter(each => !each.touched && !known)) {
          this.add(one.path, 'lost', PASSED_OVER);
        }
      }
      return any;
    };
    for (const { value, path } of documents) {
      if (!walk(value, path, false)) this.add(path, 'lost', PASSED_OVER);
    }
    return [...this.told.values()]
      .sort(
        (a, b) =>
          (order.get(stringifyPath(a.path)) ?? 0) -
          (order.get(stringifyPath(b.path)) ?? 0),
      )
      .map(({ note }) => note);
  }
}

function childrenOf(value: unknown): [string | number, unknown][] {
  if (Array.isArray(value)) return value.map((one, index) => [index, one]);
  return typeof value === 'object' && value !== null
    ? Object.entries(value)
    : [];
}

/** `spec.metrics[0].labels["a.b/c"]`. */
export function stringifyPath(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    if (!/^[\w-]+$/.test(key)) return `${text}[${JSON.stringify(key)}]`;
    return text ? `${text}.${key}` : key;
  }, '');
}
