import { z } from 'zod';

/** Text that people wrote: bounded, and shown as text only. */
export const reason = z.string().max(2000);
