import type { Model } from '../model.ts';
import { readable } from '../readable/index.ts';
import { extract } from './extraction/extract.ts';
import { summarise } from './summary/summarise.ts';
import { type Language, loadLanguage } from './text/language.ts';

/**
 * A model that needs no network: it chooses the most telling sentences, and finds memories by rules for English.
 * The same messages always give the same answer. Its language model is loaded by the first call, once.
 */
export function offlineModel(): Model {
  let loaded: Promise<Language> | undefined;
  const language = () => {
    loaded ??= loadLanguage();
    return loaded;
  };
  return {
    name: 'offline:extractive',
    async summarise(request) {
      request.signal.throwIfAborted();
      return {
        value: await summarise(await language(), { ...request, messages: readable(request.messages) }),
      };
    },
    async extract(request) {
      request.signal.throwIfAborted();
      return {
        value: {
          memories: await extract(await language(), { ...request, messages: readable(request.messages) }),
          rejected: [],
        },
      };
    },
  };
}
