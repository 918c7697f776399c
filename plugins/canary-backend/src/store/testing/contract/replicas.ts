/** Two stores over one new, empty place, as two backend replicas have them. */
export interface Replicas<TStore> {
  readonly first: TStore;
  readonly second: TStore;
  close(): Promise<void>;
}

/** @see Replicas */
export type OpenReplicas<TStore> = () => Promise<Replicas<TStore>>;

/** Opens new replicas before each test of a suite, and closes them behind it. */
export function beforeEachOpen<TStore>(
  open: OpenReplicas<TStore>,
  use: (first: TStore, second: TStore) => void,
): void {
  let replicas: Replicas<TStore>;
  beforeEach(async () => {
    replicas = await open();
    use(replicas.first, replicas.second);
  });
  afterEach(() => replicas.close());
}
