import { type DeadLetter, type DeadLetterQueue, replayLetters } from '../../../lib/dead-letters/index.ts';
import { type CommitMessage, messageGroup } from '../../../lib/queue/index.ts';
import type { ActorPorts, Program } from '../actor/program.ts';
import { session } from './session.ts';

/** The commit that a letter of the replayer asks for. */
export const replayedMessage = (index: number): CommitMessage => ({
  ...session,
  commitId: `d${index}`,
  keepRecent: 0,
  requestedAtMs: 0,
});

/** An operator who replays letters that were gathered; removing them afterwards is not explored. */
export function replayer(letters: number): Program {
  return async ({ store, commitQueue, clock, newId, note }) => {
    const { signal } = new AbortController();
    const bounds = { operator: 'o', ratePerSecond: 1_000_000, stop: signal, signal };
    const context = { ...bounds, store, clock, newId, queue: queueOf(commitQueue, newId) };
    try {
      await replayLetters(
        context,
        Array.from({ length: letters }, (_, index) => letterOf(replayedMessage(index + 1))),
      );
    } catch (error) {
      note({ type: 'gave-up', error: error as Error });
    }
  };
}

function letterOf(message: CommitMessage): DeadLetter {
  const body = JSON.stringify(message);
  const content = { type: 'commit', message } as const;
  return {
    id: message.commitId,
    kind: 'commits',
    group: messageGroup(session),
    body,
    content,
    deadSinceMs: 0,
  };
}

function queueOf(queue: ActorPorts['commitQueue'], newId: () => string): DeadLetterQueue {
  return {
    kind: 'commits',
    receive: async () => [],
    append: async () => [],
    remove: async () => undefined,
    release: async () => undefined,
    count: async () => ({ waiting: 0, inFlight: 0 }),
    resend: ({ body }, replay) =>
      queue.resend({ dedupId: newId(), body: JSON.parse(body) as CommitMessage, replay }),
  };
}
