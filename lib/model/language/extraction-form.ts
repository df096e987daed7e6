import { z } from 'zod';
import type { MemoryCategory } from '../../memory/index.ts';
import type { OutputForm } from './output-form.ts';

/**
 * What a wrong memory looks like is no reason to refuse those beside it: each is checked by itself, later. As it is a form
 * that anything can be forced into, an unknown property of the whole is refused.
 */
const wholeSchema = z.strictObject({ memories: z.array(z.unknown()) });

/** The form of an extraction: `{ memories: [...] }`. */
export function extractionForm(categories: readonly MemoryCategory[]): OutputForm {
  return {
    name: 'memories',
    jsonSchema: {
      type: 'object',
      properties: {
        memories: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              category: { type: 'string', enum: [...categories] },
              key: { type: 'string', description: 'lower-case English words joined by hyphens' },
              text: { type: 'string', description: 'one self-contained sentence' },
              confidence: { type: 'number', description: 'from 0 to 1' },
              messageId: { type: 'string', description: 'the id of the message that says so' },
            },
            required: ['category', 'key', 'text', 'confidence', 'messageId'],
            additionalProperties: false,
          },
        },
      },
      required: ['memories'],
      additionalProperties: false,
    },
    validate(value) {
      const parsed = wholeSchema.safeParse(value);
      return parsed.success
        ? { success: true, value: parsed.data.memories }
        : { success: false, error: new Error(z.prettifyError(parsed.error)) };
    },
  };
}
