import { defineStep } from 'backstage-plugin-canary-node';
import { z } from 'zod';

const name = z
  .string()
  .regex(
    /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
    'name is a lower-case name such as beta-testers',
  );

/**
 * `headerRoute: { name: beta, header: x-beta, value: "1" }` sends matching
 * requests to the canary whatever the weight; `{ name: beta, remove: true }`
 * ends it.
 */
export const headerRoute = defineStep<
  | { readonly name: string; readonly header: string; readonly value: string }
  | { readonly name: string; readonly remove: true }
>({
  kind: 'headerRoute',
  params: z.union([
    z.strictObject({
      name,
      header: z
        .string()
        .regex(/^[A-Za-z0-9-]{1,256}$/, 'header is the name of an HTTP header'),
      value: z
        .string()
        .regex(/^[\x20-\x7e]{1,4096}$/, 'value is printable ASCII'),
    }),
    z.strictObject({ name, remove: z.literal(true) }),
  ]),
  describe: params =>
    'remove' in params
      ? `End the header route ${params.name}`
      : `Send requests with ${params.header}: ${params.value} to the canary`,
  needs: params => ('remove' in params ? [] : ['headers']),
  exposure: (params, previous) => ({
    ...previous,
    headerRoutes: [
      ...previous.headerRoutes.filter(route => route.name !== params.name),
      ...('remove' in params ? [] : [params]),
    ],
  }),
  estimateMs: () => 0,
  evaluate: () => ({ status: 'done' }),
});
