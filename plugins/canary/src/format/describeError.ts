import { ErrorResponseBody, isError, ResponseError } from '@backstage/errors';
import { ErrorBody } from 'backstage-plugin-canary-common';

/** An error as it is shown: a sentence, and every single problem under it. */
export interface DescribedError {
  /** Name of the error at its source: `ConflictError`, `InputError`, … */
  readonly name: string;
  readonly status?: number;
  readonly message: string;
  readonly problems: readonly string[];
}

/**
 * What went wrong, in the words of who refused. A response's own message says
 * which request failed, its cause says why: people want the second.
 */
export function describeError(error: unknown): DescribedError {
  if (!isError(error)) {
    return { name: 'Error', message: String(error), problems: [] };
  }
  if (!isResponseError(error)) {
    return { name: error.name, message: error.message, problems: [] };
  }
  return {
    name: error.cause?.name ?? error.name,
    status: error.statusCode,
    message: error.cause?.message || error.message,
    problems: problemsOf(error.body),
  };
}

/** Whether the reader lacks a permission, rather than something being broken. */
export function isNotAllowed(error: unknown): boolean {
  const { name, status } = describeError(error);
  return status === 403 || name === 'NotAllowedError';
}

/** Whether somebody, or the controller, was faster than the reader. */
export function isConflict(error: unknown): boolean {
  const { name, status } = describeError(error);
  return status === 409 || name === 'ConflictError';
}

/** Fields of a request that would override the refusal of it. */
export function overridesOf(refusal: unknown): readonly string[] {
  if (!isError(refusal) || !isResponseError(refusal)) return [];
  const error = refusal.body?.error as Partial<ErrorBody['error']> | undefined;
  return Array.isArray(error?.overrides) ? error.overrides : [];
}

function isResponseError(error: Error): error is ResponseError {
  return error.name === 'ResponseError' && 'body' in error;
}

/** The list that a request validator adds, one entry for each wrong field. */
function problemsOf(body: ErrorResponseBody | undefined): string[] {
  const error = body?.error as { errors?: unknown } | undefined;
  if (!Array.isArray(error?.errors)) return [];
  return error.errors.flatMap(each => {
    if (typeof each?.message !== 'string') return [];
    return typeof each.path === 'string'
      ? [`${each.path} ${each.message}`]
      : [each.message];
  });
}
