import type { LanguageModel, LanguageModelUsage, ModelMessage } from 'ai';
import { type Clock, untilAborted } from '../../clock/index.ts';
import { ModelRefusedError, UnusableOutputError } from '../errors.ts';
import type { TokenUsage } from '../model.ts';
import type { OutputForm } from './output-form.ts';
import { withoutReasoning } from './reading/without-reasoning.ts';
import { toModelError } from './to-model-error.ts';

export interface GenerateRequest {
  readonly system: string;
  readonly messages: readonly ModelMessage[];
  /** What JSON is wanted; text, unless given. */
  readonly form?: OutputForm;
  readonly signal: AbortSignal;
}

/** What a model wrote, without what it thought aloud before. */
export interface Generated {
  /** Never empty, except where a form was given and the answer was cut off. */
  readonly text: string;
  /** Whether it ended at a limit; only where a form was given, as the beginning of a summary is none. */
  readonly isCutOff: boolean;
  readonly usage: TokenUsage | undefined;
}

/** More than the longest answer that is requested; a server may never stop. */
const MAX_ANSWER_CHARACTERS = 256 * 1024;

interface GenerateContext {
  readonly name: string;
  readonly provider: () => Promise<LanguageModel>;
  readonly maxOutputTokens: number;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Calls a model once.
 *
 * @throws the signal's reason, ModelUnavailableError, ModelRefusedError, UnusableOutputError.
 */
export async function generate(context: GenerateContext, request: GenerateRequest): Promise<Generated> {
  const { name, clock } = context;
  const { signal } = request;
  signal.throwIfAborted();
  try {
    return checked(name, request, await untilAborted(ask(context, request), signal));
  } catch (error) {
    // Also when the abort was noticed as something else, such as a connection that broke.
    signal.throwIfAborted();
    throw await toModelError(name, clock, error);
  }
}

interface Asked {
  readonly text: string;
  readonly finishReason: string;
  /** In the provider's own word. */
  readonly rawFinishReason: string | undefined;
  readonly usage: TokenUsage | undefined;
}

async function ask(
  { provider, maxOutputTokens }: GenerateContext,
  { system, messages, form, signal }: GenerateRequest,
): Promise<Asked> {
  const [{ generateText, jsonSchema, Output }, model] = await Promise.all([import('ai'), provider()]);
  const { text, finishReason, rawFinishReason, usage } = await generateText({
    model,
    instructions: system,
    messages: [...messages],
    maxOutputTokens,
    maxRetries: 0,
    abortSignal: signal,
    ...(form && {
      output: {
        ...Output.object({ name: form.name, schema: jsonSchema(form.jsonSchema) }),
        // Models give JSON in more ways than the SDK reads.
        parseCompleteOutput: async () => undefined,
      },
    }),
  });
  return { text, finishReason, rawFinishReason, usage: toUsage(usage) };
}

/** Reasons that the SDK has no word for, such as Bedrock's `refusal` and `model_context_window_exceeded`. */
const REFUSED = /refus/i;
const CUT_OFF = /exceeded|malformed|length|max_/i;

/** @throws ModelRefusedError, UnusableOutputError: what was filtered or left empty is no answer, and neither is half a text. */
function checked(
  name: string,
  { form }: GenerateRequest,
  { text: answer, finishReason, rawFinishReason = '', usage }: Asked,
): Generated {
  const isOther = finishReason === 'other';
  if (isOther && REFUSED.test(rawFinishReason)) throw new ModelRefusedError(name, 'it declined to answer');
  if (finishReason === 'content-filter') throw new ModelRefusedError(name, 'its content filter stepped in');
  if (finishReason === 'error') throw new UnusableOutputError(name, 'an answer that ended with an error');
  if (answer.length > MAX_ANSWER_CHARACTERS) {
    const length = `${answer.length} characters; at most ${MAX_ANSWER_CHARACTERS} are allowed`;
    throw new UnusableOutputError(name, `an answer of ${length}`);
  }
  const isCutOff = finishReason === 'length' || (isOther && CUT_OFF.test(rawFinishReason));
  if (isCutOff && !form) throw new UnusableOutputError(name, 'an answer that was truncated at its limit');
  const text = withoutReasoning(answer);
  if (text === '' && !isCutOff) throw new UnusableOutputError(name, 'an empty answer');
  return { text, isCutOff, usage };
}

function toUsage(usage: LanguageModelUsage | undefined): TokenUsage | undefined {
  const { inputTokens, outputTokens } = usage ?? {};
  return inputTokens === undefined || outputTokens === undefined ? undefined : { inputTokens, outputTokens };
}
