import { toMemoryView } from '../../lib/api/index.ts';
import { listSessions } from '../../lib/listing/index.ts';
import type { ScopeKey } from '../../lib/memory/index.ts';
import type { SessionKey } from '../../lib/session/index.ts';
import { ITEMS_PER_LIST, SessionNotFoundError } from '../../lib/store/index.ts';
import { exportSession, toLine } from '../../lib/transfer/index.ts';
import type { Target, Work } from '../target/index.ts';

/** What is exported: a session, or all of a scope. */
export type ExportChoice = SessionKey | (ScopeKey & { readonly memories: boolean });

/** What was exported. */
export interface ExportDocument {
  readonly sessions: number;
  readonly messages: number;
  readonly memories: number;
  /** Sessions of the scope that cannot be read, and are not in the file; `verify` says why. */
  readonly unreadable: readonly string[];
}

type Counts = { -readonly [Field in keyof ExportDocument]: ExportDocument[Field] };

/**
 * Gives the lines of an export one after another: sessions by their ids, each with its messages in order, then memories. One page
 * of messages is in memory at a time, and the ids of the scope's sessions.
 *
 * @param take is given each line, with its end, and awaited.
 * @throws SessionNotFoundError, ReadContendedError, ArchiveCorruptError, StoreUnavailableError; the signal's reason.
 */
export async function exportLines(
  target: Target,
  choice: ExportChoice,
  take: (line: string) => Promise<void>,
  { signal, report }: Work,
): Promise<ExportDocument> {
  const counts: Counts = { sessions: 0, messages: 0, memories: 0, unreadable: [] };
  const takeSession = async (key: SessionKey) => {
    const source = { store: target.store, patience: { ...target, signal } };
    let isFirst = true;
    for await (const line of exportSession(source, key)) {
      signal.throwIfAborted();
      await take(line);
      if (isFirst) counts.sessions += 1;
      else counts.messages += 1;
      isFirst = false;
      if (counts.messages % 100 === 0) report?.({ text: `messages are exported: ${counts.messages}` });
    }
  };
  if ('session' in choice) {
    await takeSession(choice);
    return counts;
  }
  const { tenant } = choice;
  const { sessions, unreadable } = await sessionsOf(target, choice, signal);
  counts.unreadable = unreadable;
  for (const session of sessions) {
    const before = counts.sessions;
    await takeSession({ tenant, session }).catch((error: unknown) => {
      // It was deleted since it was listed.
      if (!(error instanceof SessionNotFoundError) || counts.sessions > before) throw error;
    });
  }
  if (!choice.memories) return counts;
  for await (const line of memoriesOf(target, choice, signal)) {
    await take(line);
    counts.memories += 1;
  }
  return counts;
}

async function sessionsOf(
  target: Target,
  { tenant, scope }: ScopeKey,
  signal: AbortSignal,
): Promise<{ readonly sessions: readonly string[]; readonly unreadable: readonly string[] }> {
  const sessions = new Set<string>();
  const unreadable = new Set<string>();
  let after: string | undefined;
  do {
    const page = await listSessions(
      { ...target, signal },
      { tenant, scope },
      { limit: ITEMS_PER_LIST, after },
    );
    for (const { session } of page.sessions) sessions.add(session);
    for (const session of page.unreadable) unreadable.add(session);
    after = page.nextAfter;
  } while (after !== undefined);
  return { sessions: [...sessions].sort(), unreadable: [...unreadable].sort() };
}

async function* memoriesOf(
  { memories: store }: Target,
  { tenant, scope }: ScopeKey,
  signal: AbortSignal,
): AsyncGenerator<string> {
  let after: string | undefined;
  do {
    signal.throwIfAborted();
    const page = await store.listMemories({ tenant, scope }, { ...(after !== undefined && { after }) });
    for (const memory of page.memories) yield toLine({ kind: 'memory', scope, ...toMemoryView(memory) });
    after = page.nextAfter;
  } while (after !== undefined);
}
