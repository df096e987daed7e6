import type { MemoryDraft } from './memory-draft.ts';
import type { Statement } from './statement.ts';

export type Rule = (statement: Statement) => MemoryDraft | undefined;
