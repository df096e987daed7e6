import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toAiSdk, toAnthropic, toOpenAiChat, toOpenAiResponses } from '../../lib/messages/index.ts';
import { canonicalMessages } from './arbitraries/canonical.ts';
import { refusedByAiSdk } from './rules/ai-sdk.ts';
import { refusedByAnthropic } from './rules/anthropic.ts';
import { refusedByOpenAiChat } from './rules/openai-chat.ts';
import { refusedByOpenAiResponses } from './rules/openai-responses.ts';

const runs = { numRuns: 1_000 };

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
