interface Entry<T> {
  readonly item: T;
  /** Where it comes from, for the message when somebody adds another one. */
  readonly from: string;
}

/**
 * Extensions of one sort by their `kind`: those of the plugin itself first, then
 * those of modules. Everybody asks the same registry, so that a kind means the
 * same to the parser of plans, to the machine and to the page.
 */
export class Registry<T extends { readonly kind: string }> {
  private readonly entries = new Map<string, Entry<T>>();

  /**
   * @param noun - what one of them is called: `step`
   * @param builtIn - those that come with the plugin
   */
  constructor(private readonly noun: string, builtIn: readonly T[]) {
    builtIn.forEach(item => this.add(item, 'of the plugin itself'));
  }

  /**
   * Adds one.
   *
   * @param from - `added at …`, `of …`
   * @throws Error when the kind is taken: whichever won, somebody would get the
   *   other one's behaviour under the name that they know
   */
  add(item: T, from: string): void {
    const taken = this.entries.get(item.kind);
    if (taken) {
      throw new Error(
        `Two ${this.noun}s are called "${item.kind}": one ${taken.from} and one ${from}; rename one of them, or remove its module`,
      );
    }
    this.entries.set(item.kind, { item, from });
  }

  /** The one of a kind; throws a sentence when there is none. */
  get(kind: string): T {
    const item = this.find(kind);
    if (item) return item;
    const refusal = this.refusal(kind);
    throw new Error(refusal[0].toUpperCase() + refusal.slice(1));
  }

  /** The one of a kind, for whoever can do without. */
  find(kind: unknown): T | undefined {
    return this.entries.get(kind as string)?.item;
  }

  /** All of them, in the order in which they were added. */
  list(): readonly T[] {
    return [...this.entries.values()].map(({ item }) => item);
  }

  /** The kinds that are there, for a message that says what to do. */
  kinds(): string {
    return [...this.entries.keys()].join(', ') || 'none';
  }

  /** Why a kind cannot be had: `there is no step "wait"; use one of …`. */
  refusal(kind: unknown): string {
    const asked = JSON.stringify(kind)?.slice(0, 80);
    const missing =
      asked === undefined
        ? `no ${this.noun} is named`
        : `there is no ${this.noun} ${asked}`;
    const others =
      this.entries.size > 0 ? `use one of ${this.kinds()}, or ` : '';
    return `${missing}; ${others}install the module that brings it`;
  }
}
