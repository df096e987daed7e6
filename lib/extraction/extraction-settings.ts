import type { MemoryCategory } from '../memory/index.ts';

/** What a deployment wants to be remembered of conversations. */
export interface ExtractionSettings {
  /** 1 to 20, in the order in which the model is told them. */
  readonly categories: readonly DescribedCategory[];
  /** What the operator adds to the prompt: trusted, and at most 4 000 characters. */
  readonly instructions?: string;
  /** What memories are written in, as a BCP 47 tag; the language of the conversation unless given. */
  readonly language?: string;
  /** Stands for all of the above, such as `support.3f9a2c1b`; absent where nothing was set. */
  readonly version?: string;
}

interface DescribedCategory {
  readonly name: MemoryCategory;
  /** What belongs into it. */
  readonly description: string;
}
