import type { QueueState } from '../world/fifo-queue.ts';
import type { State } from '../world/state.ts';
import type { Invariant } from './invariant.ts';

/** A message is given up only after as many attempts of its own as it had deliveries. */
export const ownAttempts: Invariant = {
  name: 'own-attempts',
  afterStep({ before, after }) {
    return (
      unattempted(before, before.commitQueue, after.commitQueue) ??
      unattempted(before, before.followUpQueue, after.followUpQueue)
    );
  },
};

function unattempted({ ledger }: State, before: QueueState, after: QueueState): string | undefined {
  if (before.dead.length >= after.dead.length) return undefined;
  for (const { messageId } of after.dead.slice(before.dead.length)) {
    const originalId = messageId.replace(/-dead$/, '');
    const message = before.messages.find((one) => one.messageId === originalId);
    const attempts = ledger.attempts.get(originalId) ?? 0;
    if (message && attempts < message.receiveCount) {
      return `message ${originalId} was given up after ${message.receiveCount} deliveries and ${attempts} attempts`;
    }
  }
  return undefined;
}
