import type { LanguageModel, LanguageModelUsage, ModelMessage } from 'ai';
import { type Clock, untilAborted } from '../../clock/index.ts';
import { ModelRefusedError, UnusableOutputError } from '../errors.ts';
import type { TokenUsage } from '../model.ts';
import type { OutputForm } from './output-form.ts';
import { toModelError } from './to-model-error.ts';

export interface GenerateRequest {
  readonly system: string;
  readonly messages: readonly ModelMessage[];
  /** Text, unless given. */
  readonly form?: OutputForm;
  readonly signal: AbortSignal;
}

/** What a model wrote: never empty, never cut short. */
export interface Generated {
  readonly text: string;
  /** With a form: the value, or else what is wrong with the text, for the model's eyes only. */
  readonly output?: unknown;
  readonly problem?: string;
  readonly usage: TokenUsage | undefined;
}

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
    return checked(name, await untilAborted(ask(context, request), signal));
  } catch (error) {
    // Also when the abort was noticed as something else, such as a connection that broke.
    signal.throwIfAborted();
    throw await toModelError(name, clock, error);
  }
}

interface Asked extends Generated {
  readonly finishReason: string | undefined;
  /** In the provider's own word. */
  readonly rawFinishReason?: string | undefined;
}

async function ask(
  { provider, maxOutputTokens }: GenerateContext,
  { system, messages, form, signal }: GenerateRequest,
): Promise<Asked> {
  const [{ generateText, jsonSchema, NoObjectGeneratedError, Output }, model] = await Promise.all([
    import('ai'),
    provider(),
  ]);
  const common = {
    model,
    instructions: system,
    messages: [...messages],
    maxOutputTokens,
    maxRetries: 0,
    abortSignal: signal,
  };
  if (!form) {
    const { text, finishReason, rawFinishReason, usage } = await generateText(common);
    return { text, finishReason, rawFinishReason, usage: toUsage(usage) };
  }
  try {
    const output = Output.object({
      name: form.name,
      schema: jsonSchema(form.jsonSchema, { validate: form.validate }),
    });
    const result = await generateText({ ...common, output });
    const { text, finishReason, rawFinishReason, usage } = result;
    const isComplete = text.trim() !== '' && finishReason !== 'tool-calls';
    return {
      text,
      finishReason,
      rawFinishReason,
      usage: toUsage(usage),
      ...(isComplete && { output: result.output }),
    };
  } catch (error) {
    if (!NoObjectGeneratedError.isInstance(error)) throw error;
    const { text = '', finishReason, usage, cause } = error;
    return { text, finishReason, usage: toUsage(usage), problem: problemOf(cause) };
  }
}

/** Reasons that the SDK has no word for, such as Bedrock's `refusal` and `model_context_window_exceeded`. */
const REFUSED = /refus/i;
const CUT_OFF = /exceeded|malformed|length|max_/i;

/** @throws ModelRefusedError, UnusableOutputError: what was cut off, filtered or left empty is no answer. */
function checked(name: string, { finishReason, rawFinishReason = '', ...generated }: Asked): Generated {
  const isOther = finishReason === 'other';
  if (isOther && REFUSED.test(rawFinishReason)) throw new ModelRefusedError(name, 'it declined to answer');
  if (finishReason === 'content-filter') throw new ModelRefusedError(name, 'its content filter stepped in');
  if (finishReason === 'length' || (isOther && CUT_OFF.test(rawFinishReason)))
    throw new UnusableOutputError(name, 'an answer that was cut off at its limit');
  if (finishReason === 'error') throw new UnusableOutputError(name, 'an answer that ended with an error');
  if (generated.text.trim() === '') throw new UnusableOutputError(name, 'an empty answer');
  return generated;
}

/** The innermost message: the SDK wraps the schema's own in the whole of the text. */
function problemOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'It is not the JSON object that was asked for.';
  return cause.name === 'AI_TypeValidationError' && cause.cause instanceof Error
    ? cause.cause.message
    : 'It is not JSON.';
}

function toUsage(usage: LanguageModelUsage | undefined): TokenUsage | undefined {
  const { inputTokens, outputTokens } = usage ?? {};
  return inputTokens === undefined || outputTokens === undefined ? undefined : { inputTokens, outputTokens };
}
