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
import { openAiChats } from './arbitraries/openai-chat.ts';
import { openAiResponses } from './arbitraries/openai-responses.ts';
import { refusedByAiSdk } from './rules/ai-sdk.ts';
import { refusedByAnthropic } from './rules/anthropic.ts';
import { refusedByOpenAiChat } from './rules/openai-chat.ts';
import { refusedByOpenAiResponses } from './rules/openai-responses.ts';

const runs = { numRuns: 300 };

/** What is sent to be stored, and comes back. */
function throughTheStore(messages: readonly CanonicalMessage[]): CanonicalMessage[] {
  return messages.map((message) => newMessageSchema.parse(JSON.parse(JSON.stringify(message))));
}

describe('to canonical messages and back is the identity', () => {
  it('on messages of chat completions', () => {
    fc.assert(
      fc.property(openAiChats, (messages) => {
        expect(refusedByOpenAiChat(messages)).toEqual([]);
        expect(toOpenAiChat(throughTheStore(fromOpenAiChat(messages)))).toEqual(messages);
      }),
      runs,
    );
  });

  it('on items of responses', () => {
    fc.assert(
      fc.property(openAiResponses, (items) => {
        expect(refusedByOpenAiResponses(items)).toEqual([]);
        expect(toOpenAiResponses(throughTheStore(fromOpenAiResponses(items)))).toEqual(items);
      }),
      runs,
    );
  });

  it("on conversations of Anthropic's", () => {
    fc.assert(
      fc.property(anthropicConversations, (conversation) => {
        expect(refusedByAnthropic(conversation)).toEqual([]);
        expect(toAnthropic(throughTheStore(fromAnthropic(conversation)))).toEqual(conversation);
      }),
      runs,
    );
  });

  it('on model messages of the AI SDK', async () => {
    await fc.assert(
      fc.asyncProperty(aiSdkConversations, async (messages) => {
        expect(await refusedByAiSdk(messages)).toEqual([]);
        expect(toAiSdk(throughTheStore(fromAiSdk(messages)))).toEqual(messages);
      }),
      runs,
    );
  });
});
