import type { MemoryCategory } from '../../memory/index.ts';
import type { OutputForm } from './output-form.ts';

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
              key: { type: 'string', description: 'lower-case words joined by hyphens' },
              retracts: { type: 'boolean', description: 'what was known holds no longer' },
              contradicts: { type: 'boolean', description: 'what was known is openly contradicted' },
              text: { type: 'string', description: 'one self-contained sentence' },
              confidence: { type: 'number', description: 'from 0 to 1' },
              messageId: { type: 'string', description: 'the id of the message that says so' },
            },
            // Strict modes want every property: what does not hold is false.
            required: ['category', 'key', 'retracts', 'contradicts', 'text', 'confidence', 'messageId'],
            additionalProperties: false,
          },
        },
      },
      required: ['memories'],
      additionalProperties: false,
    },
  };
}
