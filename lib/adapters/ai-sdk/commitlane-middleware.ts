import type { LanguageModelMiddleware } from 'ai';
import type { ContextView } from '../../client/index.ts';
import type { CanonicalMessage } from '../../messages/index.ts';
import {
  appendHistory,
  defaultSettings,
  type HistoryMessage,
  hasCode,
  readHistoryUntil,
} from '../history/index.ts';
import { type Alignment, alignPrompt, isAligned } from './align-prompt.ts';
import { type AnswerPart, answerOf } from './answer-of.ts';
import { keptStream } from './kept-stream.ts';
import type { CommitlaneMiddlewareOptions, ModelCall } from './middleware-options.ts';
import { promptWithContext } from './prompt-with-context.ts';
import { sessionOfCall } from './session-of-call.ts';
import { storable } from './storable.ts';

/** Of a session, so many messages are looked through for where a prompt goes on. */
const MAX_LOOKED_AT = 1_000;
/** The most that the API takes. */
const MAX_QUERY_LENGTH = 1_000;

/** A call that is prepared. */
interface Prepared {
  readonly sessionId: string;
  readonly params: ModelCall;
  /** Why what was said before the answer is not stored: then the answer must not be either. */
  readonly failure?: { readonly error: unknown };
}

/**
 * Middleware for a language model of the AI SDK, `generateText` and `streamText` alike: before each call, what Commitlane
 * remembers of the session is put into the prompt, and what the prompt says that is new is appended to the session; after
 * it, the model's answer is. Each message is stored once, also in a loop of tool calls, whose prompts repeat what came
 * before. The answer is passed on as it is.
 *
 * A stream that is aborted, or fails, has what was said until then appended, with `metadata.commitlane.interrupted`.
 *
 * @throws CommitlaneUsageError for a call without a session. Without `onError`, a call fails with the client's errors
 * where Commitlane does, before the model is called or when its answer cannot be stored; a stream then has an error part.
 *
 * @example
 * const model = wrapLanguageModel({
 *   model: openai('gpt-6-luna'),
 *   middleware: commitlaneMiddleware({ client, sessionId: 'chat-42' }),
 * });
 * const { text } = await generateText({ model, prompt: 'What do I like to drink?' });
 */
export function commitlaneMiddleware(options: CommitlaneMiddlewareOptions): LanguageModelMiddleware {
  return {
    specificationVersion: 'v4',

    async wrapGenerate({ params, model }) {
      const prepared = await prepare(options, params);
      const answer = await model.doGenerate(prepared.params);
      await keepAnswer(options, prepared, answer.content, false);
      return answer;
    },

    async wrapStream({ params, model }) {
      const prepared = await prepare(options, params);
      const { stream, ...rest } = await model.doStream(prepared.params);
      const keep = (content: readonly AnswerPart[], isInterrupted: boolean) =>
        keepAnswer(options, prepared, content, isInterrupted);
      return { ...rest, stream: keptStream(stream, keep, params.abortSignal) };
    },
  };
}

async function prepare(options: CommitlaneMiddlewareOptions, params: ModelCall): Promise<Prepared> {
  const { client, appends = true, settings = defaultSettings, onError } = options;
  const sessionId = await sessionOfCall(options.sessionId, params);
  const said = storable(params.prompt.filter(({ role }) => role !== 'system'));
  const signal = params.abortSignal;
  let unsaved: readonly CanonicalMessage[] = appends ? afterLastAnswer(said) : [];
  try {
    const context = await contextOf(options, sessionId, params, said);
    const aligned = appends ? await align(options, sessionId, said, context, signal) : undefined;
    if (aligned) {
      unsaved = aligned.fresh;
      await appendHistory(client, sessionId, aligned.fresh, { settings, signal });
    }
    return { sessionId, params: await promptWithContext(params, context, aligned) };
  } catch (error) {
    if (!onError || signal?.aborted) throw error;
    onError({ error, sessionId, unsaved });
    return { sessionId, params, failure: { error } };
  }
}

/** What a session has before the call; undefined where there is no session yet. */
async function contextOf(
  { client, tokenBudget, memoryShare, query }: CommitlaneMiddlewareOptions,
  sessionId: string,
  params: ModelCall,
  said: readonly CanonicalMessage[],
): Promise<ContextView | undefined> {
  const text = query ? query({ params }) : lastUserText(said);
  // The cut may go through a character, which an address cannot carry.
  const asked = text?.slice(0, MAX_QUERY_LENGTH).toWellFormed().trim();
  try {
    return await client.getContext(sessionId, {
      tokenBudget,
      memoryShare,
      query: asked || undefined,
      signal: params.abortSignal,
    });
  } catch (error) {
    if (hasCode(error, 'session-not-found')) return undefined;
    throw error;
  }
}

/** The context holds the newest messages, and mostly says where the prompt goes on; else the session is read. */
async function align(
  { client }: CommitlaneMiddlewareOptions,
  sessionId: string,
  said: readonly CanonicalMessage[],
  context: ContextView | undefined,
  signal: AbortSignal | undefined,
): Promise<Alignment> {
  if (!context) return { fresh: said, sharedFrom: undefined };
  const isWhole = !context.dropped && context.summaries.length === 0;
  const isExact = !context.messages.some(({ shortened }) => shortened);
  if (isExact && (isWhole || isAligned(said, context.messages))) return alignPrompt(said, context.messages);
  const isEnough = (messages: readonly HistoryMessage[]) =>
    messages.length >= MAX_LOOKED_AT || isAligned(said, messages);
  return alignPrompt(said, await readHistoryUntil(client, sessionId, isEnough, { signal }));
}

/** Also of a call that was aborted: so not by its signal. */
async function keepAnswer(
  { client, appends = true, settings = defaultSettings, onError }: CommitlaneMiddlewareOptions,
  { sessionId, failure }: Prepared,
  content: readonly AnswerPart[],
  isInterrupted: boolean,
): Promise<void> {
  const answer = appends ? answerOf(content, { isInterrupted }) : undefined;
  if (!answer) return;
  if (failure) {
    onError?.({ error: failure.error, sessionId, unsaved: [answer] });
    return;
  }
  try {
    await appendHistory(client, sessionId, [answer], { settings });
  } catch (error) {
    if (!onError) throw error;
    onError({ error, sessionId, unsaved: [answer] });
  }
}

function afterLastAnswer(said: readonly CanonicalMessage[]): readonly CanonicalMessage[] {
  return said.slice(said.findLastIndex(({ role }) => role === 'assistant') + 1);
}

function lastUserText(said: readonly CanonicalMessage[]): string | undefined {
  const content = said.findLast(({ role }) => role === 'user')?.content;
  if (content === undefined || typeof content === 'string') return content;
  return content.flatMap((part) => (part.type === 'text' ? [String(part['text'])] : [])).join('\n');
}
