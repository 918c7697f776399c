import { applyPatch, Operation } from 'fast-json-patch';
import { ApiError, badRequest } from '../apiError';

/**
 * RFC 6902. Whatever cannot be applied, a failed `test` included, is the 422
 * without details that the real server answers.
 */
export function jsonPatch<T extends object>(target: T, operations: unknown): T {
  if (!Array.isArray(operations)) {
    throw badRequest('a JSON Patch is an array of operations');
  }
  try {
    return applyPatch(structuredClone(target), operations as Operation[], true)
      .newDocument;
  } catch (error) {
    throw new ApiError(
      422,
      'Invalid',
      'the server rejected our request due to an error in our request',
      {},
    );
  }
}
