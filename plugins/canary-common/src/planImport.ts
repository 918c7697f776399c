/** Formats that a plan can be imported from. @public */
export const IMPORT_FORMATS = ['argo', 'flagger', 'kayenta'] as const;

/** @public */
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** Body of `POST /plans/import`. @public */
export interface ImportRequest {
  /** Recognised by the text itself where it is absent. */
  readonly format?: ImportFormat;
  /** YAML or JSON; of YAML as many documents as wanted. */
  readonly text: string;
}

/**
 * Something that reads otherwise than it did, told by one sentence: `lost` has
 * no counterpart, `changed` means something else now, `check` is for a person
 * to look at.
 *
 * @public
 */
export interface ImportNote {
  /** Where in the source: `spec.metrics[0].count`. Of several documents their index stands before it. */
  readonly path: string;
  readonly severity: 'lost' | 'changed' | 'check';
  readonly message: string;
}

/** What an import makes of a text. @public */
export interface PlanImport {
  readonly format: ImportFormat;
  /** Text for `app-config.yaml`. */
  readonly yaml: string;
  /** In the order of the source. */
  readonly notes: readonly ImportNote[];
}
