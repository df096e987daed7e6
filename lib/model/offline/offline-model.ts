import type { Model } from '../model.ts';
import { readable } from '../readable/index.ts';
import { extract } from './extraction/extract.ts';
import { summarise } from './summary/summarise.ts';

/**
 * A model that needs no network: a demonstration, and a fallback. It chooses the most telling sentences, in any
 * language, and finds memories in English alone, where a rule is sure. The same messages always give the same answer.
 */
export function offlineModel(): Model {
  return {
    name: 'offline:extractive',
    async summarise(request) {
      return { value: await summarise({ ...request, messages: readable(request.messages) }) };
    },
    async extract(request) {
      const memories = await extract({ ...request, messages: readable(request.messages) });
      return { value: { memories, rejected: [] } };
    },
  };
}
