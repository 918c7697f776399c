import { z } from 'zod';
import { IMPORT_FORMATS } from '../planImport';
import { listOf } from './listOf';
import { objectOf } from './objectOf';
import { Schema } from './Schema';

const format = z.enum(IMPORT_FORMATS);

const importRequest = objectOf({
  format: format
    .optional()
    .describe('Recognised by the text itself where it is absent'),
  text: z
    .string()
    .min(1)
    .describe(
      'YAML or JSON, 256 KiB at most; of YAML as many documents as wanted',
    ),
});

/** Body of `POST /plans/import`. @public */
export interface ImportRequest extends z.infer<typeof importRequest> {}
/** @public */
export const importRequestSchema: Schema<ImportRequest> = importRequest;

const importNote = objectOf({
  path: z
    .string()
    .describe(
      'Where in the source: `spec.metrics[0].count`. Of several documents their index stands before it',
    ),
  severity: z
    .enum(['lost', 'changed', 'check'])
    .describe(
      '`lost` has no counterpart, `changed` means something else now, `check` is for a person to look at',
    ),
  message: z.string(),
});

/** Something that reads otherwise than it did, told by one sentence. @public */
export interface ImportNote extends z.infer<typeof importNote> {}
/** @public */
export const importNoteSchema: Schema<ImportNote> = importNote;

const planImport = objectOf({
  format,
  yaml: z.string().describe('Text for `app-config.yaml`'),
  notes: listOf(importNoteSchema).describe('In the order of the source'),
});

/** What an import makes of a text. @public */
export interface PlanImport extends z.infer<typeof planImport> {}
/** @public */
export const planImportSchema: Schema<PlanImport> = planImport;
