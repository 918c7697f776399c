import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import useAsync from 'react-use/esm/useAsync';

/** The reader and the groups that count as the reader; undefined until known. */
export function useMyRefs(): readonly string[] | undefined {
  const identity = useApi(identityApiRef);
  const { value, error } = useAsync(
    () => identity.getBackstageIdentity(),
    [identity],
  );
  // Who is nobody owns nothing: no ref of an owner is empty.
  return error ? [''] : value?.ownershipEntityRefs;
}
