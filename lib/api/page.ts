import { z } from 'zod';
import { integerParameter } from './request-parts.ts';

/** The most appends, archives or memories of one page. */
const MAX_PAGE = 1_000;
const DEFAULT_PAGE = 100;

/** `?after=&limit=` of pages that are ordered by a number. */
export const pageQuerySchema = z.strictObject({
  after: integerParameter(0, 999_999_999_999).default(0),
  limit: integerParameter(1, MAX_PAGE).default(DEFAULT_PAGE),
});
