import { Cluster } from 'backstage-plugin-canary-node';

/** The cluster, every write to which asks first whether it may still be made. */
export function guardWrites(
  cluster: Cluster,
  assertMayWrite: () => Promise<void>,
): Cluster {
  return {
    name: cluster.name,
    get: (...args) => cluster.get(...args),
    list: (...args) => cluster.list(...args),
    may: (...args) => cluster.may(...args),
    watch: (...args) => cluster.watch(...args),
    ping: (...args) => cluster.ping(...args),
    async create(...args) {
      await assertMayWrite();
      return cluster.create(...args);
    },
    async patch(...args) {
      await assertMayWrite();
      return cluster.patch(...args);
    },
    async delete(...args) {
      await assertMayWrite();
      return cluster.delete(...args);
    },
  };
}
