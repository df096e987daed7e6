import { z } from 'zod';
import {
  memoryCategorySchema,
  memoryKey,
  memoryKeySchema,
  type ScopeKey,
  type Subject,
} from '../memory/index.ts';
import { nameSchema } from '../session/index.ts';
import type { ApiContext } from './api-context.ts';
import type { ApiRequest } from './api-request.ts';
import { InvalidInputError } from './errors.ts';
import { categoriesOf } from './memory-categories.ts';
import { parseInput } from './parse-input.ts';

/** Keys that were stored before they were words of every script; some of them are no words. */
const EARLIER_KEY = /^[a-z0-9][a-z0-9-]{0,99}$/;

const isKey = (key: string) => memoryKeySchema.safeParse(key).success;
const error = ({ input }: { readonly input: unknown }) => expectedKey(String(input));

/** What a path names of a scope's memories. */
export const memoryPathParameters = {
  scope: nameSchema.describe("Whose memories: a scope of the caller's tenant."),
  category: memoryCategorySchema.describe('The category of the memory.'),
  key: z
    .string()
    .refine((key) => EARLIER_KEY.test(key) || isKey(key), { error })
    .meta({
      documentedAs: z.string().min(1).max(100),
      description:
        'Names the subject within its category: words in lower case, of letters and digits of any script, joined by hyphens, such as `home-city`, `寿司` or `c++`; at most 100 characters.',
    }),
};

const scopePathSchema = z.looseObject({ scope: memoryPathParameters.scope });
const pathSchema = z.looseObject({
  category: memoryPathParameters.category,
  key: memoryPathParameters.key,
});
const newPathSchema = z.looseObject({
  category: memoryCategorySchema,
  key: z.string().refine(isKey, { error }),
});

/** Whose memories a request is about, of the caller's own tenant. @throws InvalidInputError */
export function scopeOf({ identity, path }: ApiRequest): ScopeKey {
  const { scope } = parseInput('path', scopePathSchema, path);
  return { tenant: identity.tenant, scope };
}

/** The subject that a request is about, as far as there can be a memory of it. @throws InvalidInputError */
export function subjectOf({ path }: ApiRequest): Subject {
  const { category, key } = parseInput('path', pathSchema, path);
  return { category, key };
}

/**
 * The subject of a memory that is to be entered.
 *
 * @throws InvalidInputError for a category that the deployment does not have, or a key that is none, with one that would do.
 */
export function newSubjectOf(context: Pick<ApiContext, 'extraction'>, { path }: ApiRequest): Subject {
  const { category, key } = parseInput('path', newPathSchema, path);
  const known = categoriesOf(context);
  if (known.includes(category)) return { category, key };
  const message = `must be one of the deployment's categories: ${known.join(', ')}`;
  throw new InvalidInputError([{ field: 'category', message }]);
}

function expectedKey(given: string): string {
  const key = memoryKey(given);
  if (key === undefined) return 'must be words of letters and digits, joined by hyphens';
  return `must be words in lower case, joined by hyphens: '${key}'`;
}
