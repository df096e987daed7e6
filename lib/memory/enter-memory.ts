import { boundedCarried } from './bounded-carried.ts';
import { changeSubject } from './change-subject.ts';
import { MemoryNotForgottenError, MemoryNotFoundError } from './errors.ts';
import type { Author, Memory, ScopeKey, Subject } from './memory.ts';
import type { MemoryContext } from './memory-context.ts';
import type { KnownSubject } from './read-subject.ts';
import type { Carried, Statement } from './statement.ts';

/** What a person does to a memory. */
export type Entry =
  /** Says what holds, whether or not there was such a memory. */
  | { readonly kind: 'edit'; readonly text: string }
  /** Takes it back. Its statements stay, so that it can be restored. */
  | { readonly kind: 'forget' }
  /** Says again what was taken back. */
  | { readonly kind: 'restore' };

/**
 * Enters a person's statement: it holds from now on, also against later statements of models, until one of them
 * contradicts it openly.
 *
 * @param who the person.
 * @throws MemoryNotFoundError for a memory that is not there, when it is to be forgotten or restored; MemoryNotForgottenError for one to restore that holds;
 * MemoryContendedError, MemoryStoreUnavailableError, MemoryStoreRefusedError.
 */
export async function enterMemory(
  context: MemoryContext & { readonly now: () => number },
  scope: ScopeKey,
  subject: Subject,
  { entry, who }: { readonly entry: Entry; readonly who: string },
): Promise<Memory> {
  const id = context.newId();
  const entered = await changeSubject(context, scope, subject, {
    plan(known, refused) {
      // What is to be restored is being erased.
      if (refused === 'session-erased') throw new MemoryNotFoundError(scope, subject);
      // Later than all that is known, whatever the clocks of its authors said.
      const saidAtMs = Math.max(context.now(), (known.memory?.lastSeenAtMs ?? 0) + 1);
      const by = { kind: 'person', id, who } as const;
      return {
        put: [{ ...subject, ...saidBy(entry, known, { scope, subject }), confidence: 1, saidAtMs, by }],
      };
    },
  });
  if (!entered || entered === 'archive-changed') throw new MemoryNotFoundError(scope, subject);
  return entered;
}

function saidBy(
  entry: Entry,
  { memory, statements, earlier }: KnownSubject,
  { scope, subject }: { readonly scope: ScopeKey; readonly subject: Subject },
): Pick<Statement, 'text' | 'retracts' | 'carriedFrom'> {
  if (entry.kind === 'edit') return { text: entry.text };
  if (!memory) throw new MemoryNotFoundError(scope, subject);
  if (entry.kind === 'forget') {
    if (memory.text === undefined) throw new MemoryNotFoundError(scope, subject);
    return { text: '', retracts: true };
  }
  if (memory.text !== undefined) throw new MemoryNotForgottenError(scope, subject);
  const last = statements.find(({ retracts }) => !retracts);
  if (last) return { text: last.text, ...carrying(last.by, last.carriedFrom) };
  if (!earlier) throw new MemoryNotFoundError(scope, subject);
  return { text: earlier.text, carriedFrom: boundedCarried(earlier.sessions.map((session) => [session])) };
}

function carrying(by: Author, groups: Carried = []): Pick<Statement, 'carriedFrom'> {
  const carriedFrom = [...(by.kind === 'archive' ? [[by.session]] : []), ...groups];
  return carriedFrom.length > 0 ? { carriedFrom: boundedCarried(carriedFrom) } : {};
}
