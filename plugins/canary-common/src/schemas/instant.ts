import { z } from 'zod';

/** A point in time as text: `2026-01-31T12:00:00.000Z`. */
export const instant = z.string().describe('ISO 8601 instant');
