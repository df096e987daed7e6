import { isDeepStrictEqual } from 'node:util';
import type { Message } from '../session/index.ts';
import { recordsForwards } from '../session-log/index.ts';
import type { History, ImportedMessage } from './history.ts';
import type { ImportContext } from './import-context.ts';

/** How much of a history is stored. */
export type Standing =
  | { readonly kind: 'new' }
  /** The session has the first `stored` messages, and nothing else, or all of them and what was said since. */
  | { readonly kind: 'begun'; readonly stored: number; readonly nextSeq: number }
  /** The session is another than the one of the history. */
  | { readonly kind: 'other'; readonly reason: string };

/**
 * Reads what a session holds beside its history. What is stored is known by the messages themselves, however long ago they were
 * appended. One page of the session is in memory at a time.
 *
 * @throws ReadContendedError, ArchiveCorruptError, StoreUnavailableError; what the history throws.
 */
export async function compareSession(
  { store, clock, random, signal }: Pick<ImportContext, 'store' | 'clock' | 'random' | 'signal'>,
  { key, settings, count, messages }: History,
): Promise<Standing> {
  const meta = await store.readMeta(key);
  if (!meta)
    return (await store.readDeleted(key))
      ? other('it was deleted, and its id is not used again')
      : { kind: 'new' };
  const { nextSeq, scope } = meta;
  if (scope !== settings.scope)
    return other(`it exists, and is of the scope '${scope}', not '${settings.scope}'`);
  const wanted = messages()[Symbol.asyncIterator]();
  let stored = 0;
  try {
    for await (const record of recordsForwards({ store, key, patience: { clock, random, signal } })) {
      signal.throwIfAborted();
      for (const message of record.messages) {
        const next = stored < count ? await wanted.next() : undefined;
        if (!next || next.done) return { kind: 'begun', stored, nextSeq };
        if (!isSame(message, next.value)) {
          return other(
            `it exists, and its message ${stored + 1}, '${message.id}', is another than the file's, '${next.value.id}'`,
          );
        }
        stored += 1;
      }
    }
  } finally {
    await wanted.return?.();
  }
  return { kind: 'begun', stored, nextSeq };
}

function other(reason: string): Standing {
  return { kind: 'other', reason };
}

/** A history that does not say when something was said takes the time of the append. */
function isSame(stored: Message, { at = stored.at, ...wanted }: ImportedMessage): boolean {
  return isDeepStrictEqual(plain(stored), plain({ ...wanted, at }));
}

function plain({ id, role, content, at, metadata }: Message): unknown[] {
  return [id, role, content, at, metadata];
}
