import { z } from 'zod';
import { integerParameter } from './request-parts.ts';

/** The most of one page. */
export const MAX_PAGE = 1_000;
export const DEFAULT_PAGE = 100;

/** Positions have 12 digits. */
export const MAX_POSITION = 999_999_999_999;

/** `?limit=` of any page. */
export const limitSchema = integerParameter(1, MAX_PAGE)
  .default(DEFAULT_PAGE)
  .meta({
    documentedAs: z.int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
    description: 'The most of one page. A page may hold fewer, even none, and not be the last.',
  });

/** Says what a mark is, wherever a list is read on. */
export const AFTER = 'Reads on: the `nextAfter` of the page before.';

/** `?after=&limit=` of pages that are ordered by a number. */
export const pageQuerySchema = z.strictObject({
  after: integerParameter(0, MAX_POSITION)
    .default(0)
    .meta({ documentedAs: z.int().min(0).max(MAX_POSITION).default(0), description: AFTER }),
  limit: limitSchema,
});
