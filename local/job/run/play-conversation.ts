import type { Conversation } from '../conversation/conversation.ts';
import type { JobRun } from './job-context.ts';
import { openSession } from './open-session.ts';
import { type Batch, planBatches } from './plan-batches.ts';
import { planCommits } from './plan-commits.ts';
import { requestCommits } from './request-commits.ts';
import type { StoredSession } from './stored-session.ts';

/**
 * Appends what is not stored yet of a conversation, a few messages at a time, as a frontend would; asks for commits
 * in between, without waiting for them; and, once all is appended, for one more that takes the rest.
 *
 * @throws what its calls throw; the commits that were asked for by then are watched all the same.
 */
export async function playConversation(run: JobRun, conversation: Conversation): Promise<void> {
  const { sessionId, messages } = conversation;
  const stored = await openSession(run, sessionId);
  const storedIds = idsOf(stored);
  run.tally.openedSessions.add(sessionId);
  for (const id of storedIds) run.tally.acknowledgedIds.add(id);
  run.reporter.sessionOpened(conversation, messages.filter(({ id }) => storedIds.has(id)).length);

  const batches = planBatches(messages);
  const planned = planCommits(batches);
  const requests: Promise<PromiseSettledResult<void>[]>[] = [];
  for (const [index, batch] of batches.entries()) {
    const missing = batch.filter(({ id }) => !storedIds.has(id));
    if (missing.length === 0) continue;
    await append(run, conversation, missing);
    const commit = planned.find(({ afterBatch }) => afterBatch === index);
    // Settled, so that one that fails can wait for its turn to be looked at.
    if (commit) requests.push(Promise.allSettled([requestCommits(run, sessionId, commit)]));
  }
  throwFirstFailure((await Promise.all(requests)).flat());
  const isAllArchived = stored.live.length === 0 && messages.every(({ id }) => storedIds.has(id));
  if (isAllArchived) return;
  await requestCommits(run, sessionId, { afterBatch: batches.length - 1, manner: 'repeated', keepRecent: 0 });
}

async function append(run: JobRun, conversation: Conversation, batch: Batch): Promise<void> {
  const { duplicate } = await run.client.append(conversation.sessionId, batch, {
    // The same in every run: should this one be cut off before the answer, the next one adds nothing twice.
    idempotencyKey: `${batch[0]?.id}+${batch.length}`,
    signal: run.signal,
  });
  for (const { id } of batch) run.tally.acknowledgedIds.add(id);
  if (!duplicate) run.tally.appended += batch.length;
  run.reporter.appended(conversation, batch.length);
}

function idsOf({ archives, live }: StoredSession): Set<string> {
  return new Set([...archives.flatMap(({ messages }) => messages), ...live].map(({ id }) => id));
}

function throwFirstFailure(results: readonly PromiseSettledResult<void>[]): void {
  for (const result of results) {
    if (result.status === 'rejected') throw result.reason;
  }
}
