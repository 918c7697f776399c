import { InputError, isError } from '@backstage/errors';
import { ErrorRequestHandler, Request } from 'express';

/** Where the validator leaves the operation that a request matched. */
interface ValidatedRequest extends Request {
  readonly openapi?: {
    readonly schema?: {
      readonly requestBody?: {
        readonly content?: Readonly<
          Record<string, { readonly schema?: { properties?: object } }>
        >;
      };
    };
  };
}

/**
 * Turns the validator's words into sentences that name the field as the caller
 * wrote it: `request/body/image must be string` becomes `image must be string`.
 */
export const readableValidation: ErrorRequestHandler = (
  error,
  request,
  _response,
  next,
) => {
  if (!isError(error) || !/request\/(body|query|params)/.test(error.message)) {
    next(error);
    return;
  }
  const unknown = unknownKeys(request);
  next(
    new InputError(
      error.message
        .replace(
          /request\/body must NOT have additional properties/g,
          `the body must not have ${unknown}`,
        )
        .replace(/request\/(?:body|query|params)\//g, '')
        .replace(/request\/body/g, 'the body')
        .replace(/must NOT have fewer than 1 (characters|items)/g, 'is empty'),
    ),
  );
};

function unknownKeys(request: ValidatedRequest): string {
  const schema =
    request.openapi?.schema?.requestBody?.content?.['application/json']?.schema;
  const known = Object.keys(schema?.properties ?? {});
  const unknown = Object.keys(request.body ?? {})
    .filter(key => !known.includes(key))
    .map(key => JSON.stringify(key.slice(0, 80)));
  return `${unknown.slice(0, 5).join(', ')}; it knows ${known.join(', ')}`;
}
