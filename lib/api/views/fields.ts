import { z } from 'zod';

/** A moment, in ISO 8601. */
export const time = (description: string) => z.iso.datetime({ offset: true }).describe(description);

/** A whole number of things. */
export const count = (description: string) => z.int().min(0).describe(description);

/** A number that counts from 1, such as a position or an archive. */
export const ordinal = (description: string) => z.int().min(1).describe(description);

/** A text of any length. */
export const text = (description: string) => z.string().describe(description);
