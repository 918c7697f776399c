import { IncomingMessage, ServerResponse } from 'node:http';
import { readJson, respondJson } from './context';

const reviews =
  /^\/apis\/authorization\.k8s\.io\/v1\/self(subjectaccess|subjectrules)reviews$/;

/** Whether this path asks what the caller may do. */
export function isAccessReview(path: string): boolean {
  return reviews.test(path);
}

/** One thing nobody may do, as `{ verb: 'patch', resource: 'horizontalpodautoscalers' }`. */
export interface Denial {
  readonly verb: string;
  readonly resource: string;
}

/** Answers a SelfSubjectAccessReview: everything is allowed but the denials. */
export async function reviewAccess(
  request: IncomingMessage,
  response: ServerResponse,
  denials: readonly Denial[],
): Promise<void> {
  const review = await readJson(request);
  const asked = review?.spec?.resourceAttributes ?? {};
  const denied = denials.some(
    ({ verb, resource }) => verb === asked.verb && resource === asked.resource,
  );
  respondJson(response, 201, {
    kind: 'SelfSubjectAccessReview',
    apiVersion: 'authorization.k8s.io/v1',
    metadata: {},
    spec: review?.spec,
    status: denied
      ? { allowed: false, reason: 'denied by the sandbox' }
      : { allowed: true },
  });
}
