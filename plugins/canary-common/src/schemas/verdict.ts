import { z } from 'zod';
import { VERDICTS } from '../verdict';

/** What a judge says. */
export const verdict = z.enum(VERDICTS);
