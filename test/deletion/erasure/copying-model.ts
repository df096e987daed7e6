import type { ExtractedMemory } from '../../../lib/memory/index.ts';
import type { ExtractionRequest, KnownMemory, Model } from '../../../lib/model/index.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { textOf } from '../../support/text-of.ts';
import { inventedIn } from './vocabulary.ts';

type Random = () => number;

/**
 * A model that makes a memory of most messages, and does what makes erasing hard: it copies words and keys of what it is
 * shown, also those of several memories at once, says of one thing what was said of another, and takes things back.
 *
 * @param beforeAnswer what happens elsewhere between its reading and its answer.
 */
export function copyingModel(seed: number, beforeAnswer: () => Promise<void>): Model {
  const random = seededRandom(seed);
  return {
    name: 'copying',
    async summarise({ messages, previousSummary = '' }) {
      return { value: `${previousSummary} ${messages.map(textOf).join(' ')}.` };
    },
    async extract(request) {
      const memories = new Map<string, ExtractedMemory>();
      for (const message of request.messages) {
        if (random() < 0.2) continue;
        const memory = memoryOf(random, inventedIn(textOf(message)), message.id, request);
        memories.set(`${memory.category}#${memory.key}`, memory);
      }
      await beforeAnswer();
      return { value: { memories: [...memories.values()], rejected: [] } };
    },
  };
}

function memoryOf(
  random: Random,
  said: readonly string[],
  messageId: string,
  { known, categories }: Pick<ExtractionRequest, 'known' | 'categories'>,
): ExtractedMemory {
  const shown = Array.from({ length: 2 }, () => known[Math.floor(random() * known.length)]).filter(
    (memory) => memory !== undefined && random() < 0.6,
  );
  const [subject] = shown;
  const copied = shown.flatMap((memory) => (memory && random() < 0.6 ? inventedIn(wordsIn(memory)) : []));
  const some = (words: readonly string[]) => words.filter(() => random() < 0.7);
  const isSame = subject !== undefined && random() < 0.6;
  const own =
    some([...said, ...copied])
      .slice(0, 2)
      .join('-') || 'thing';
  return {
    category: isSame ? subject.category : (categories[Math.floor(random() * categories.length)] ?? 'profile'),
    key: isSame ? subject.key : own,
    text: `The user said ${[...some(said), ...copied].join(' ')}.`,
    confidence: 1,
    messageId,
    ...(random() < 0.25 && { retracts: true }),
    ...(random() < 0.25 && { contradicts: true }),
  };
}

function wordsIn({ key, text }: KnownMemory): string {
  return `${key} ${text}`;
}
