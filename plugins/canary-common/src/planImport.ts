/** Formats that a plan can be imported from. @public */
export const IMPORT_FORMATS = ['argo', 'flagger', 'kayenta'] as const;

/** @public */
export type ImportFormat = (typeof IMPORT_FORMATS)[number];
