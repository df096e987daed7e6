import { appendAndCommit } from '../auto-commit/index.ts';
import { insist } from '../port/index.ts';
import { appendBatches } from './append-batches.ts';
import { compareSession } from './compare-session.ts';
import { SessionDiffersError } from './errors.ts';
import type { ImportContext } from './import-context.ts';
import type { Pace } from './pacer.ts';
import type { PlannedHistory } from './plan-import.ts';

/**
 * Appends what is not stored of a history, one append after another. It may be stopped, or die, at any time.
 *
 * @param onStored is told how many messages of the history were stored at the start, and then of each append.
 * @throws SessionDiffersError; AppendContendedError, StoreUnavailableError, StoreRefusedError; the signal's reason.
 */
export async function importHistory(
  context: ImportContext,
  planned: PlannedHistory,
  pace: Pace,
  onStored: (messages: number, isNew: boolean) => void,
): Promise<void> {
  const { signal } = context;
  const { key, messages } = planned.history;
  const stored = await insist(context, () => begin(context, planned));
  onStored(stored, false);
  // A commit that the session's policy wants and that cannot be asked for now is asked for by the schedule.
  const appending = { ...context, onEvent: () => undefined };
  for await (const batch of appendBatches(messages(), stored)) {
    await pace(batch.messages.length, signal);
    await insist(context, () => appendAndCommit(appending, key, batch.messages, batch.idempotencyKey));
    onStored(batch.messages.length, true);
  }
}

/** Creates the session unless it is there. @returns how many messages it has. */
async function begin(context: ImportContext, { history, standing }: PlannedHistory): Promise<number> {
  const { store, clock } = context;
  const { key, settings } = history;
  if (standing.kind === 'new') {
    if (await store.createSession(key, { ...settings, createdAtMs: clock.now() })) return 0;
  } else if ((await store.readMeta(key))?.nextSeq === standing.nextSeq) return standing.stored;
  const now = await compareSession(context, history);
  if (now.kind === 'begun') return now.stored;
  throw new SessionDiffersError(key.session, now.kind === 'other' ? now.reason : 'it is gone');
}
