import { builtInCategories } from '../../../lib/memory/index.ts';
import { type ExtractionRequest, type Model, modelFrom } from '../../../lib/model/index.ts';
import type { Message } from '../../../lib/session/index.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import type { ModelServer } from './model-server.ts';

export const forever = new AbortController().signal;

/** A model on a test server, whose marks are `mark-1`, `mark-2` and so on. */
export function modelOn(
  { baseUrl }: Pick<ModelServer, 'baseUrl'>,
  options: { readonly contextWindowTokens?: number; readonly readKey?: () => Promise<string> } = {},
): Model {
  let marks = 0;
  const { readKey, contextWindowTokens } = options;
  return modelFrom(
    { model: 'openai-compatible:small', baseUrl, contextWindowTokens },
    {
      clock: fakeClock(),
      newMark: () => {
        marks += 1;
        return `mark-${marks}`;
      },
      readKey,
    },
  );
}

export function said(...contents: string[]): Message[] {
  return contents.map((content, index) => ({
    id: `m-${index + 1}`,
    role: index % 2 === 0 ? 'user' : 'assistant',
    content,
    at: `2026-01-01T00:00:0${index % 10}Z`,
  }));
}

export function extraction(
  messages: readonly Message[],
  more: Partial<ExtractionRequest> = {},
): ExtractionRequest {
  return { messages, categories: builtInCategories, known: [], signal: forever, ...more };
}

/** A memory as models are to give it. */
export const memory = {
  category: 'profile',
  key: 'home-city',
  text: 'Ann lives in Bergen.',
  confidence: 0.9,
  messageId: 'm-1',
};
