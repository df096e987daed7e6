import { appendAndCommit } from '../../../lib/auto-commit/index.ts';
import type { ActorPorts, Program } from '../actor/program.ts';
import { session } from './session.ts';

/** One append of one message, or of several. */
export interface PlannedAppend {
  readonly contents: readonly string[];
  /** It has a key, so that the frontend may repeat it, and does. */
  readonly repeatable: boolean;
  /** In place of a key, each of its messages has an id: it may have messages in common with another append. */
  readonly hasIds?: boolean;
  /** How long the frontend waits before it begins. */
  readonly afterMs?: number;
}

const MAX_ATTEMPTS = 3;

/** A frontend that makes one append after the other, and repeats those that it may. */
export function appender(appends: readonly PlannedAppend[]): Program {
  return async (ports) => {
    for (const append of appends) {
      if (append.afterMs !== undefined) await ports.clock.sleep(append.afterMs);
      await make(ports, append);
    }
  };
}

async function make(ports: ActorPorts, { contents, repeatable, hasIds }: PlannedAppend): Promise<void> {
  const { store, commitQueue: commits, clock, newId, note } = ports;
  for (const content of contents) note({ type: 'append-began', content });
  const messages = contents.map(
    (content) => ({ role: 'user', content, ...(repeatable && { id: content }) }) as const,
  );
  const key = repeatable && !hasIds ? contents.join('+') : undefined;
  for (let attempt = 1; attempt <= (repeatable ? MAX_ATTEMPTS : 1); attempt += 1) {
    try {
      const context = { store, commits, clock, newId, onEvent: () => undefined };
      const { position, positions, autoCommit } = await appendAndCommit(context, session, messages, key);
      for (const [index, content] of contents.entries()) {
        note({ type: 'append-acknowledged', content, position: positions[index] ?? position });
      }
      if (autoCommit) note({ type: 'commit-acknowledged', commitId: autoCommit.commitId });
      return;
    } catch (error) {
      note({ type: 'gave-up', error: error as Error });
    }
  }
}
