import { z } from 'zod';

/**
 * Accepts what a schema accepts, and gives it as it came: an object that Zod gives has its keys in another order. Text
 * that is archived must be the same, byte for byte, whoever reads it.
 */
export function asItCame<T>(schema: z.ZodType<T>): z.ZodType<T> {
  return z.custom<T>().superRefine((value, context) => {
    for (const { path, message } of schema.safeParse(value).error?.issues ?? []) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  });
}
