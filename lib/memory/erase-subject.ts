import { changeSubject } from './change-subject.ts';
import type { ScopeKey, Subject } from './memory.ts';
import type { MemoryContext } from './memory-context.ts';
import type { Source } from './memory-store.ts';
import { removeSources } from './remove-sources.ts';
import { sessionsOf } from './rewrite.ts';
import { authorName, type Statement } from './statement.ts';

/**
 * Erases a subject: the memory, all that was ever said of it, and what sources name of that. Statements of other
 * subjects stay, also those that carry its words on. What is merged later is remembered again. Erasing what is gone
 * changes nothing.
 *
 * @throws MemoryContendedError, MemoryStoreUnavailableError, MemoryStoreRefusedError; the signal's reason.
 */
export async function eraseSubject(context: MemoryContext, scope: ScopeKey, subject: Subject): Promise<void> {
  const sources = new Map<string, Source>();
  await changeSubject(context, scope, subject, {
    plan({ memory, statements, outdated }) {
      // The oldest first: the memory stays what it is until the last of them goes.
      const remove = [...statements, ...outdated].toReversed();
      for (const source of remove.flatMap(sourcesOf)) {
        sources.set(`${source.session}#${source.author}`, source);
      }
      return memory || remove.length > 0 ? { remove, dropsEarlier: true } : undefined;
    },
  });
  await removeSources(context, scope, [...sources.values()]);
}

/** The change takes the names off them; what remains of the others goes. */
function sourcesOf(statement: Statement): Source[] {
  const author = authorName(statement.by);
  return sessionsOf(statement).map((session) => ({ session, author, names: [] }));
}
