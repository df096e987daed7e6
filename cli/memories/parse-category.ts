import { memoryCategorySchema } from '../../lib/memory/index.ts';
import { parseWith } from './parse-with.ts';

/** A category of memories. */
export const parseCategory = parseWith(memoryCategorySchema);
