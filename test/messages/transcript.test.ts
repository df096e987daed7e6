import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  fromAiSdk,
  fromAnthropic,
  fromOpenAiChat,
  fromOpenAiResponses,
  isTextPart,
  isToolCallPart,
  isToolResultPart,
  partsOf,
  toAiSdk,
  toAnthropic,
  toOpenAiChat,
  toOpenAiResponses,
} from '../../lib/messages/index.ts';
import { parseConversation } from '../../local/job/conversation/parse-conversation.ts';
import { transcriptLines } from '../support/transcript/agent-transcript.ts';
import { refusedByAiSdk } from './rules/ai-sdk.ts';
import { refusedByAnthropic } from './rules/anthropic.ts';
import { refusedByOpenAiChat } from './rules/openai-chat.ts';
import { refusedByOpenAiResponses } from './rules/openai-responses.ts';

const file = fileURLToPath(
  new URL('../../events/conversations/long/leaving-moment-behind.jsonl', import.meta.url),
);
const { messages, problems } = parseConversation(transcriptLines());
const parts = messages.flatMap(({ content }) => partsOf(content));

describe('the transcript of an agent', () => {
  it('is the one that is played', async () => {
    expect(await readFile(file, 'utf8')).toBe(transcriptLines());
  });

  it('has 200 turns with calls side by side, failures, images, reasoning and results of 50 KB', () => {
    expect(problems).toEqual([]);
    const calls = messages.map(({ content }) => partsOf(content).filter(isToolCallPart).length);
    const results = parts.filter(isToolResultPart);
    expect(calls.filter((count) => count > 0)).toHaveLength(200);
    expect(calls.filter((count) => count > 1).length).toBeGreaterThan(100);
    expect(results.filter(({ isError }) => isError).length).toBeGreaterThan(10);
    expect(results.filter(({ output }) => Buffer.byteLength(JSON.stringify(output)) > 50_000)).toHaveLength(
      4,
    );
    expect(results.filter(({ output }) => JSON.stringify(output).includes('image/png'))).toHaveLength(5);
    expect(parts.filter(({ type }) => type === 'reasoning').length).toBeGreaterThan(30);
  });

  it('is taken by every provider, wherever it is cut', async () => {
    for (let start = 0; start < messages.length; start += 7) {
      const rest = messages.slice(start, start + 40);
      expect(refusedByOpenAiChat(toOpenAiChat(rest))).toEqual([]);
      expect(refusedByOpenAiResponses(toOpenAiResponses(rest))).toEqual([]);
      expect(refusedByAnthropic(toAnthropic(rest))).toEqual([]);
      expect(await refusedByAiSdk(toAiSdk(rest))).toEqual([]);
    }
  });

  it('keeps every call, result and text on its way through any of them', () => {
    const ids = parts.filter(isToolCallPart).map(({ toolCallId }) => toolCallId);
    const said = parts.filter(isTextPart).map(({ text }) => text);
    for (const back of [
      fromOpenAiChat(toOpenAiChat(messages)),
      fromOpenAiResponses(toOpenAiResponses(messages)),
      fromAnthropic(toAnthropic(messages)),
      fromAiSdk(toAiSdk(messages)),
    ]) {
      const partsBack = back.flatMap(({ content }) => partsOf(content));
      expect(partsBack.filter(isToolCallPart).map(({ toolCallId }) => toolCallId)).toEqual(ids);
      expect(partsBack.filter(isToolResultPart).map(({ toolCallId }) => toolCallId)).toEqual(ids);
      expect(partsBack.filter(isTextPart).map(({ text }) => text)).toEqual(expect.arrayContaining(said));
    }
  });
});
