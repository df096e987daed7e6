import { generateText, type ModelMessage, modelMessageSchema } from 'ai';
import { MockLanguageModelV4 } from 'ai/test';
import { z } from 'zod';

// What is deprecated is taken, and the log of a test is for what went wrong.
globalThis.AI_SDK_LOG_WARNINGS = false;

/**
 * What the AI SDK refuses messages for: its schema, and, unless the last ones are open calls, the way in which it makes
 * a prompt of them, which wants the result of every call.
 */
export async function refusedByAiSdk(messages: readonly unknown[]): Promise<string[]> {
  const parsed = z.array(modelMessageSchema).safeParse(messages);
  if (!parsed.success) return [z.prettifyError(parsed.error)];
  const closed = withoutOpenEnd(parsed.data);
  if (closed.length === 0) return [];
  try {
    await generateText({
      model: silentModel(),
      messages: closed,
      allowSystemInMessages: true,
      maxRetries: 0,
    });
    return [];
  } catch (error) {
    return [String(error)];
  }
}

/** Calls at the end may be open, which the SDK is not asked about: their message stays out, with its results. */
function withoutOpenEnd(messages: readonly ModelMessage[]): ModelMessage[] {
  const end = messages.findLastIndex(({ role }) => role !== 'tool');
  const last = messages[end];
  if (last?.role !== 'assistant' || typeof last.content === 'string') return [...messages];
  const answered = messages.slice(end + 1).flatMap((message) => {
    return message.role === 'tool' ? message.content.filter(({ type }) => type === 'tool-result') : [];
  });
  const ids = new Set(answered.map((part) => 'toolCallId' in part && part.toolCallId));
  const isOpen = last.content.some(
    (part) => part.type === 'tool-call' && !part.providerExecuted && !ids.has(part.toolCallId),
  );
  return messages.slice(0, isOpen ? end : undefined);
}

function silentModel() {
  return new MockLanguageModelV4({
    supportedUrls: { '*/*': [/./] },
    doGenerate: async () => ({
      content: [{ type: 'text', text: 'ok' }],
      finishReason: { unified: 'stop', raw: undefined },
      usage: {
        inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
        outputTokens: { total: 1, text: 1, reasoning: 0 },
      },
      warnings: [],
    }),
  });
}
