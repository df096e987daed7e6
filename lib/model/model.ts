import type { ExtractedMemory, MemoryCategory } from '../memory/index.ts';
import type { Message } from '../session/index.ts';

/**
 * What the follow-up asks of a language model. Conversation text is data to it, never instructions.
 *
 * Every call ends when its `signal` aborts, and then throws the signal's reason.
 */
export interface Model {
  /** `provider:model`, recorded on the manifest beside what it wrote. */
  readonly name: string;
  /** A summary that lets a later turn of the conversation do without the messages; never empty. */
  summarise(request: SummaryRequest): Promise<string>;
  /** The facts worth remembering, at most one per category and key; often none. */
  extract(request: ExtractionRequest): Promise<ExtractedMemory[]>;
}

export interface SummaryRequest {
  readonly messages: readonly Message[];
  /** The latest finished summary of an earlier archive of the session. */
  readonly previousSummary?: string;
  readonly signal: AbortSignal;
}

export interface ExtractionRequest {
  readonly messages: readonly Message[];
  /** Only these categories are wanted. */
  readonly categories: readonly MemoryCategory[];
  readonly signal: AbortSignal;
}
