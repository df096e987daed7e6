import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CanonicalMessage,
  fromAiSdk,
  fromAnthropic,
  fromOpenAiChat,
  fromOpenAiResponses,
  toAiSdk,
  toAnthropic,
  toOpenAiChat,
  toOpenAiResponses,
} from '../../lib/messages/index.ts';
import { newMessageSchema } from '../../lib/session/index.ts';
import { aiSdkConversations } from './arbitraries/ai-sdk.ts';
import { anthropicConversations } from './arbitraries/anthropic.ts';
import { canonicalMessages, changed } from './arbitraries/canonical.ts';
import { openAiChats } from './arbitraries/openai-chat.ts';
import { openAiResponses } from './arbitraries/openai-responses.ts';
import { refusedByAiSdk } from './rules/ai-sdk.ts';
import { refusedByAnthropic } from './rules/anthropic.ts';
import { refusedByOpenAiChat } from './rules/openai-chat.ts';
import { refusedByOpenAiResponses } from './rules/openai-responses.ts';

const runs = { numRuns: 6000 };

describe('whatever can be stored is converted into what is taken', () => {
  it('by chat completions', () => {
    fc.assert(
      fc.property(canonicalMessages, (messages) => {
        expect(refusedByOpenAiChat(toOpenAiChat(messages))).toEqual([]);
      }),
      runs,
    );
  });

  it('by responses', () => {
    fc.assert(
      fc.property(canonicalMessages, (messages) => {
        expect(refusedByOpenAiResponses(toOpenAiResponses(messages))).toEqual([]);
      }),
      runs,
    );
  });

  it("by Anthropic's messages", () => {
    fc.assert(
      fc.property(canonicalMessages, (messages) => {
        expect(refusedByAnthropic(toAnthropic(messages))).toEqual([]);
      }),
      runs,
    );
  });

  it('by the AI SDK', async () => {
    await fc.assert(
      fc.asyncProperty(canonicalMessages, async (messages) => {
        expect(await refusedByAiSdk(toAiSdk(messages))).toEqual([]);
      }),
      runs,
    );
  });
});

describe('whatever comes can be stored', () => {
  const conversations = anthropicConversations.map(({ messages }) => messages);
  it.each<[string, fc.Arbitrary<readonly unknown[]>, (messages: readonly never[]) => CanonicalMessage[]]>([
    ['chat completions', openAiChats, fromOpenAiChat],
    ['responses', openAiResponses, fromOpenAiResponses],
    ["Anthropic's messages", conversations, (messages) => fromAnthropic({ messages })],
    ['the AI SDK', aiSdkConversations.map((one) => JSON.parse(JSON.stringify(one))), fromAiSdk],
  ])('from %s', (_, lists, from) => {
    fc.assert(
      fc.property(changed(lists), (list) => {
        const objects = list.filter((one) => typeof one === 'object' && one !== null && !Array.isArray(one));
        for (const message of from(objects as never[])) {
          const { error } = newMessageSchema.safeParse(JSON.parse(JSON.stringify(message)));
          expect(error?.issues ?? []).toEqual([]);
        }
      }),
      runs,
    );
  });
});
