import { changeSubject } from './change-subject.ts';
import { MemoryNotForgottenError, MemoryNotFoundError } from './errors.ts';
import type { Memory, ScopeKey, Subject } from './memory.ts';
import type { MemoryContext } from './memory-context.ts';
import type { KnownSubject } from './read-subject.ts';
import type { Statement } from './statement.ts';

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
 * contradicts it openly. A person who says again what holds by their own word changes nothing.
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
    plan(known) {
      if (isSaidAlready(entry, who, known)) return undefined;
      const { memory, erasedAtMs = 0 } = known;
      // Later than all that is known, whatever the clocks of its authors said.
      const saidAtMs = Math.max(context.now(), (memory?.lastSeenAtMs ?? 0) + 1, erasedAtMs + 1);
      const by = { kind: 'person', id, who } as const;
      return {
        put: [{ ...subject, ...saidBy(entry, known, { scope, subject }), confidence: 1, saidAtMs, by }],
      };
    },
  });
  if (!entered || entered === 'archive-changed') throw new MemoryNotFoundError(scope, subject);
  return entered;
}

function isSaidAlready(entry: Entry, who: string, { memory, statements }: KnownSubject): boolean {
  if (entry.kind !== 'edit' || !memory || statements.length === 0) return false;
  const { by, text } = memory;
  return by.kind === 'person' && by.who === who && text === entry.text;
}

function saidBy(
  entry: Entry,
  { memory, statements, earlier }: KnownSubject,
  { scope, subject }: { readonly scope: ScopeKey; readonly subject: Subject },
): Pick<Statement, 'text' | 'retracts' | 'restores'> {
  if (entry.kind === 'edit') return { text: entry.text };
  const isKnown = statements.length > 0 || earlier !== undefined;
  if (!memory || !isKnown) throw new MemoryNotFoundError(scope, subject);
  if (entry.kind === 'forget') {
    if (memory.text === undefined) throw new MemoryNotFoundError(scope, subject);
    return { text: '', retracts: true };
  }
  if (memory.text !== undefined) throw new MemoryNotForgottenError(scope, subject);
  const isSaid = earlier !== undefined || statements.some(({ retracts, restores }) => !retracts && !restores);
  if (!isSaid) throw new MemoryNotFoundError(scope, subject);
  return { text: '', restores: true };
}
