import { z } from 'zod';
import { integerParameter } from './request-parts.ts';

/** In UTF-16 units: a question, or a long message. */
const MAX_QUERY_LENGTH = 1_000;
export const MAX_HITS = 100;
export const DEFAULT_HITS = 10;

const expected = `must be a text of 1 to ${MAX_QUERY_LENGTH} characters`;

/** What is searched for. */
export const searchTextSchema = z
  .string()
  .max(MAX_QUERY_LENGTH, expected)
  .refine((text) => text.trim() !== '', expected)
  .refine((text) => text.isWellFormed(), 'must be well-formed text')
  .meta({ documentedAs: z.string().max(MAX_QUERY_LENGTH).regex(/\S/) });

/** `?limit=` of a search. */
export const hitLimitSchema = integerParameter(1, MAX_HITS)
  .default(DEFAULT_HITS)
  .meta({
    documentedAs: z.int().min(1).max(MAX_HITS).default(DEFAULT_HITS),
    description: 'The most that is found.',
  });
