import type { LanguageModel } from 'ai';
import type { Clock } from '../../clock/index.ts';
import type { Model } from '../model.ts';
import { extract } from './extract.ts';
import { generate } from './generate.ts';
import { summarise } from './summarise.ts';

export interface LanguageModelOptions {
  /** `provider:model`. */
  readonly name: string;
  /** Asked before each call; a provider is loaded, and its key read, only when it is needed. */
  readonly provider: () => Promise<LanguageModel>;
  /** What the model can read and write in one call. At least 8 000. */
  readonly contextWindowTokens: number;
  /** What one answer may take, the model's own thinking included. Default 8 192, and at most a quarter of the window. */
  readonly maxOutputTokens?: number;
  /** Of a `Retry-After` that is a date. */
  readonly clock: Pick<Clock, 'now'>;
  /** Makes the mark that shows where data begin and end: one that nobody can guess, another for each call. */
  readonly newMark: () => string;
}

const MAX_OUTPUT_TOKENS = 8_192;
/** Of what the window leaves beside the answer, for what was before. */
const PREVIOUS_SHARE = 1 / 4;

/**
 * A model behind the AI SDK. Each call is made once: repeating it is the queue's business.
 *
 * Its methods throw ModelUnavailableError, UnusableOutputError (both retryable) and ModelRefusedError.
 */
export function languageModel(options: LanguageModelOptions): Model {
  const { name, provider, contextWindowTokens, clock, newMark } = options;
  const quarter = Math.floor(contextWindowTokens / 4);
  const maxOutputTokens = Math.min(options.maxOutputTokens ?? MAX_OUTPUT_TOKENS, quarter);
  const caller = {
    name,
    contextWindowTokens,
    maxOutputTokens,
    newMark,
    generate: (request: Parameters<typeof generate>[1]) =>
      generate({ name, provider, maxOutputTokens, clock }, request),
  };
  return {
    name,
    maxPreviousTokens: Math.floor((contextWindowTokens - maxOutputTokens) * PREVIOUS_SHARE),
    summarise: (request) => summarise(caller, request),
    extract: (request) => extract(caller, request),
  };
}
