import { z } from 'zod';
import { integerParameter } from './request-parts.ts';

/** The most of one page. */
const MAX_PAGE = 1_000;
const DEFAULT_PAGE = 100;

/** Positions have 12 digits. */
export const MAX_POSITION = 999_999_999_999;

/** `?limit=` of any page. */
export const limitSchema = integerParameter(1, MAX_PAGE).default(DEFAULT_PAGE);

/** `?after=&limit=` of pages that are ordered by a number. */
export const pageQuerySchema = z.strictObject({
  after: integerParameter(0, MAX_POSITION).default(0),
  limit: limitSchema,
});
