import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  ResourcePermission,
} from '@backstage/plugin-permission-common';

/** A permission of an entity: all of ours are. */
export type EntityPermission = ResourcePermission<'catalog-entity'>;

/** May the caller do this to that entity? */
export interface Question {
  readonly permission: EntityPermission;
  readonly resourceRef: string;
}

/** Questions that one request carries: its body must stay below 100 kB. */
const ASKED_AT_ONCE = 500;

/**
 * Asks each question once, in as few requests as carry them, and returns what
 * answers them; a question that was not asked is denied.
 */
export async function askPermissions(
  permissions: Pick<PermissionsService, 'authorize'>,
  questions: readonly Question[],
  credentials: BackstageCredentials,
): Promise<(question: Question) => boolean> {
  const asked = [...new Map(questions.map(one => [keyOf(one), one])).values()];
  const allowed = new Set<string>();
  for (let from = 0; from < asked.length; from += ASKED_AT_ONCE) {
    const some = asked.slice(from, from + ASKED_AT_ONCE);
    const answers = await permissions.authorize(some, { credentials });
    some.forEach((question, index) => {
      if (answers[index].result === AuthorizeResult.ALLOW) {
        allowed.add(keyOf(question));
      }
    });
  }
  return question => allowed.has(keyOf(question));
}

function keyOf({ permission, resourceRef }: Question): string {
  return `${permission.name} ${resourceRef}`;
}
