import { z } from 'zod';
import { deadLetterKinds } from '../lib/dead-letters/index.ts';
import { nameSchema } from '../lib/session/index.ts';
import type { LetterChoice } from '../operator/letters/index.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** For how long letters are dead, as the page offers it. */
export const ages = [
  ['0', 'any time'],
  [String(15 * MINUTE), '15 minutes or longer'],
  [String(HOUR), '1 hour or longer'],
  [String(DAY), '1 day or longer'],
  [String(7 * DAY), '7 days or longer'],
] as const;

/** How many letters of each queue a page looks at. */
export const looks = ['50', '100', '250'] as const;

/** A field that is left empty asks for nothing. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

/** The conditions of the page of dead letters, as they come in addresses and forms. */
export const letterQuerySchema = z.object({
  queue: optional(z.enum(deadLetterKinds)),
  tenant: optional(nameSchema),
  session: optional(nameSchema),
  commit: optional(nameSchema),
  reason: optional(z.string().max(200)),
  olderThan: optional(z.enum(ages.map(([value]) => value))),
  look: optional(z.enum(looks)),
});

export type LetterQuery = z.output<typeof letterQuerySchema>;

export function choiceOf({ queue, tenant, session, commit, reason, olderThan }: LetterQuery): LetterChoice {
  return {
    ...(queue !== undefined && { queue }),
    filter: {
      ...(tenant !== undefined && { tenant }),
      ...(session !== undefined && { session }),
      ...(commit !== undefined && { commitId: commit }),
      ...(reason !== undefined && { reason }),
      ...(olderThan !== undefined && { olderThanMs: Number(olderThan) }),
    },
  };
}
