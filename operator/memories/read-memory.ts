import {
  type EarlierMemory,
  type Memory,
  MemoryNotFoundError,
  readSubject,
  type ScopeKey,
  type Statement,
  type Subject,
  statementName,
} from '../../lib/memory/index.ts';
import type { Target } from '../target/index.ts';
import { iso } from '../words/index.ts';
import type { MemoryAddress } from './change-memory.ts';
import {
  type AuthorDocument,
  authorDocument,
  type MemoryDocument,
  memoryDocument,
} from './memory-document.ts';

/** A memory, and all that was said of its subject. */
export interface MemoryHistoryDocument extends ScopeKey, MemoryDocument {
  /** Newest first. */
  readonly history: readonly StatementDocument[];
}

/** What an archive or a person said. */
export interface StatementDocument {
  readonly saidAt: string;
  readonly by: AuthorDocument;
  /** Of one that takes back, it says so in words. Absent where it has none. */
  readonly text?: string;
  readonly retracts?: true;
  /** Says again what was said before it was taken back. */
  readonly restores?: true;
  readonly contradicts?: true;
  /** Absent where it is not known any more. */
  readonly confidence?: number;
  /** The memory is what this one says. */
  readonly isInForce?: true;
  /** Sessions whose words it holds, besides its own. */
  readonly alsoFrom?: readonly string[];
}

/**
 * A memory with its history.
 *
 * @throws MemoryNotFoundError; MemoryStoreUnavailableError, MemoryStoreRefusedError, ItemUnreadableError,
 * ItemTooNewError; the signal's reason.
 */
export async function readMemory(
  { memories, clock, random }: Pick<Target, 'memories' | 'clock' | 'random'>,
  { tenant, scope, category, key }: MemoryAddress,
  signal: AbortSignal,
): Promise<MemoryHistoryDocument> {
  const context = { memories, clock, random, signal };
  const known = await readSubject(context, { tenant, scope }, { category, key });
  const { memory, statements, earlier } = known;
  // One of which nothing is left is about to be erased.
  if (!memory || (statements.length === 0 && !earlier))
    throw new MemoryNotFoundError({ tenant, scope }, { category, key });
  const history = [
    ...statements.map((statement) => statementDocument(statement, memory)),
    ...(earlier ? earlierDocuments(earlier, memory) : []),
  ];
  return {
    tenant,
    scope,
    ...memoryDocument(memory),
    history: history.toSorted((a, b) => Date.parse(b.saidAt) - Date.parse(a.saidAt)),
  };
}

function statementDocument(statement: Statement, memory: Memory): StatementDocument {
  const { text, retracts, restores, contradicts, confidence, saidAtMs, by, carriedFrom = [] } = statement;
  const alsoFrom = [...new Set(carriedFrom.flat())].sort();
  return {
    saidAt: iso(saidAtMs),
    by: authorDocument(by),
    ...(text !== '' && { text }),
    ...(retracts && { retracts }),
    ...(restores && { restores }),
    ...(contradicts && { contradicts }),
    confidence,
    ...(isSame(statement, memory) && { isInForce: true }),
    ...(alsoFrom.length > 0 && { alsoFrom }),
  };
}

/** What was known before there were statements, and what had been known before that. */
function earlierDocuments(earlier: EarlierMemory, memory: Memory): StatementDocument[] {
  const { text, confidence, saidAtMs, sessions, history } = earlier;
  const by = { kind: 'earlier' } as const;
  const { category, key } = memory;
  const isInForce = isSame({ category, key, saidAtMs, by }, memory);
  return [
    {
      saidAt: iso(saidAtMs),
      by,
      text,
      confidence,
      ...(isInForce && { isInForce }),
      ...(sessions.length > 0 && { alsoFrom: sessions }),
    },
    ...history.map((old) => ({ saidAt: iso(old.seenAtMs), by, text: old.text })),
  ];
}

function isSame(one: Subject & Pick<Statement, 'saidAtMs' | 'by'>, memory: Memory): boolean {
  return statementName(one) === statementName(memory);
}
