import type { Model } from '../../lib/model/index.ts';
import type { English } from './load-english.ts';

const TEXT_BYTES = 80;

/** The model's own summaries, with so many memories of about 80 characters, whatever is said: of equal keys each time. */
export function modelWithMemories(model: Model, english: English, count: number): Model {
  return {
    name: 'bench:fixed',
    summarise: (request) => model.summarise(request),
    async extract({ messages: [first] }) {
      const memories = Array.from({ length: count }, (_, index) => ({
        category: 'entity' as const,
        key: `subject-${index + 1}`,
        text: english(TEXT_BYTES),
        confidence: 0.9,
        messageId: first?.id ?? 'none',
      }));
      return { value: { memories, rejected: [] } };
    },
  };
}
