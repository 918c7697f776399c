import { Knex } from 'knex';
import { OwnedRollout } from '../../ports/LeaseStore';

/** What a replica owns, from the index alone. */
export async function listOwned(
  knex: Knex,
  replica: string,
): Promise<readonly OwnedRollout[]> {
  const rows: {
    id: string;
    revision: number | string;
    epoch: number | string;
  }[] = await knex('canary_rollouts')
    .select('id', 'revision', 'epoch')
    .where({ active: 1, lease_owner: replica });
  return rows.map(({ id, revision, epoch }) => ({
    id,
    revision: Number(revision),
    epoch: Number(epoch),
  }));
}
