import type { MemoryCategory } from '../../../memory/index.ts';
import type { Statement } from './statement.ts';

export type Rule = (statement: Statement) => MemoryDraft | undefined;

/** What a rule found in a clause. */
export interface MemoryDraft {
  readonly category: MemoryCategory;
  /** What it is about, in words; becomes the key. */
  readonly subject: string;
  readonly text: string;
  readonly confidence: number;
}
