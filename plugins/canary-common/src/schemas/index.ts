/**
 * Schemas of what crosses the wire, for whoever checks or documents it. They
 * need zod, which is why they are not at the package's main entry.
 *
 * @packageDocumentation
 */
export { apiSchemas } from './apiSchemas';
export type { Schema } from './Schema';
