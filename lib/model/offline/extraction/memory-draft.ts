import type { MemoryCategory } from '../../../memory/index.ts';

/** What a rule found in a clause. */
export interface MemoryDraft {
  readonly category: MemoryCategory;
  /** What it is about, in words; becomes the key. */
  readonly subject: string;
  readonly text: string;
  readonly confidence: number;
}
