/**
 * What people and programs may ask: `CanaryService` and its layers. The
 * default one does it, the authorised one asks for permission first, and the
 * audited one records every attempt around both.
 */
export { actorOf } from './actorOf';
export type { Actor } from './actorOf';
export { AuditedCanaryService } from './decorators/AuditedCanaryService';
export type { AuditedCanaryServiceOptions } from './decorators/AuditedCanaryService';
export { AuthorizedCanaryService } from './decorators/AuthorizedCanaryService';
export type { AuthorizedCanaryServiceOptions } from './decorators/AuthorizedCanaryService';
export type { CallOptions, CanaryService } from './CanaryService';
export { DefaultCanaryService } from './DefaultCanaryService';
export type { CanaryServiceOptions } from './DefaultCanaryService';
export { assertOneImageField } from './start/resolveImages';
export type { PlanLibrary } from './PlanLibrary';
export type { PreflightDeps, StartFacts } from './start/preflight';
export type { Feasibility } from './start/refusal';
