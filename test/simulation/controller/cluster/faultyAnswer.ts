/* eslint-disable @backstage/no-relative-monorepo-imports -- answers as our client reads them */
import { ObjectRef } from 'backstage-plugin-canary-node';
import { ApiResponse } from '../../../../plugins/canary-backend/src/kubernetes/client/ApiConnection';
import { Call } from '../faults/Faults';
import type { World } from '../world/World';
import { absent, refusal } from './ApiServer';

/** What the API, or what stands before it, answers instead of what is true; undefined when it tells the truth. */
export function faultyAnswer(
  { faults, chance }: World,
  call: Call,
  ref: ObjectRef,
  serve: () => ApiResponse,
): ApiResponse | undefined {
  const fault = faults.during('api answers', call);
  if (!fault || !chance.happens(fault.amount)) return undefined;
  switch (fault.what) {
    case '404 text':
      return { status: 404, body: undefined };
    case '404 Status':
      return absent(ref);
    case '403':
      return refusal(403, `${ref.kind} is forbidden`);
    case '409':
      // Of a read nobody says so.
      return call.isWrite
        ? refusal(409, 'the object has been modified')
        : undefined;
    case '422':
      return call.isWrite
        ? refusal(422, 'is invalid', { causes: [{ field: 'metadata' }] })
        : undefined;
    case '429':
      return refusal(429, 'too many requests');
    case '500 late':
      // The write arrived; what should have said so did not.
      serve();
      return refusal(500, 'etcdserver: request timed out');
    case '503':
      return { status: 503, body: undefined };
    default:
      return refusal(500, 'Internal error occurred');
  }
}
