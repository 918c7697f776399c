import { InputError } from '@backstage/errors';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { assertShallow } from './assertShallow';
import { nameSchema } from './names';
import { Problems } from './Problems';

/** A plan is a page of text; more is a mistake or an attack. */
export const MAX_DOCUMENT_BYTES = 64 * 1024;

/** Enough for a few anchors, too few for a billion laughs. */
export const MAX_ALIASES = 50;

const schema = z.strictObject({
  apiVersion: z.literal('canary/v1alpha1', 'must be canary/v1alpha1'),
  kind: z.literal('CanaryPlan', 'must be CanaryPlan'),
  metadata: z.strictObject({
    name: nameSchema,
    title: z.string().optional(),
    description: z.string().optional(),
  }),
  spec: z.record(z.string(), z.unknown()),
});

/**
 * Reads the text of a `canary.yaml`. The result goes to `parsePlan`; `spec` may
 * be anything yet.
 *
 * @throws InputError when it is too long, no single YAML document, or not a
 * `CanaryPlan` of `canary/v1alpha1`
 */
export function parsePlanDocument(
  text: string,
  source: string,
): { readonly name: string; readonly raw: Record<string, unknown> } {
  if (Buffer.byteLength(text) > MAX_DOCUMENT_BYTES) {
    throw new InputError(
      `The plan document ${source} is longer than ${MAX_DOCUMENT_BYTES} bytes; shorten it`,
    );
  }
  const problems = new Problems();
  const document = problems.parse(schema, toJson(text, source), []);
  problems.throwIfAny(`The plan document ${source}`);
  const { name, title, description } = document!.metadata;
  return {
    name,
    raw: {
      ...document!.spec,
      ...(title !== undefined && { title }),
      ...(description !== undefined && { description }),
    },
  };
}

function toJson(text: string, source: string): unknown {
  try {
    assertShallow(text);
    const document = parseDocument(text, { prettyErrors: true });
    if (document.errors.length > 0) throw document.errors[0];
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(
      `The plan document ${source} is no valid YAML: ${
        reason.split(/:?\n/)[0]
      }`,
    );
  }
}
