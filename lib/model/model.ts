import type { ExtractionSettings } from '../extraction/index.ts';
import type { ExtractedMemory, MemoryCategory, Subject } from '../memory/index.ts';
import type { Message } from '../session/index.ts';

/**
 * What the follow-up asks of a language model. Conversation text is data to it, never instructions.
 *
 * Every call ends when its `signal` aborts, and then throws the signal's reason.
 */
export interface Model {
  /** `provider:model`, recorded on the manifest beside what it wrote. */
  readonly name: string;
  /** The most tokens (estimated) of a previous summary that leave it room for the messages; absent where it has no window. */
  readonly maxPreviousTokens?: number;
  /** A summary that lets a later turn of the conversation do without the messages; never empty. */
  summarise(request: SummaryRequest): Promise<ModelAnswer<string>>;
  /** The facts worth remembering, at most one per category and key; often none. */
  extract(request: ExtractionRequest): Promise<ModelAnswer<Extraction>>;
}

/** What a model gave, and how. */
export interface ModelAnswer<T> {
  readonly value: T;
  /** The prompts that it was asked with, joined by `+`; absent where there are none. */
  readonly promptVersion?: string;
  /** Of the deployment's own categories and instructions; absent where it asked for none, or the model takes none. */
  readonly extractionVersion?: string;
  /** Of all calls that the answer took; absent where the model does not say. */
  readonly usage?: TokenUsage;
  /** Secrets that were replaced, in what was asked and in what was given; absent where there are none. */
  readonly redacted?: number;
}

export interface TokenUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface Extraction {
  readonly memories: readonly ExtractedMemory[];
  /** What the model gave besides, and what was wrong with it. */
  readonly rejected: readonly RejectedMemory[];
}

/** A memory that a model gave in a form that cannot be used; its text is left out. */
interface RejectedMemory {
  readonly reason: string;
}

export interface SummaryRequest {
  readonly messages: readonly Message[];
  /** What the summaries of earlier archives of the session say. */
  readonly previousSummary?: string;
  readonly signal: AbortSignal;
}

export interface ExtractionRequest {
  readonly messages: readonly Message[];
  /** Only these categories are wanted. */
  readonly categories: readonly MemoryCategory[];
  /** What is known already and may be spoken of here: the same subject is to keep its key. */
  readonly known: readonly KnownMemory[];
  /** What the categories mean, and what the operator adds; the built-in settings unless given. */
  readonly settings?: ExtractionSettings;
  readonly signal: AbortSignal;
}

export interface KnownMemory extends Subject {
  readonly text: string;
  /** A person has entered or corrected it: it is only to be contradicted openly. */
  readonly by?: 'person';
}
