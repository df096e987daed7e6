import type { FollowUpProgress } from '../archive/index.ts';
import { callModel } from './call-model.ts';
import { UnusableOutputError } from './errors.ts';
import type { FollowUpRun } from './follow-up-run.ts';

/** How far back a finished summary is looked for when the archive before this one has none. */
const MAX_LOOK_BACK = 50;

/** The first step: a summary of the archive, given the latest finished one before it. */
export async function writeSummary(run: FollowUpRun): Promise<NonNullable<FollowUpProgress['summary']>> {
  const { summaryTimeoutMs: timeoutMs, onSummaryTimeout: onTimeout } = run.limits.followUp;
  const messages = await run.messages();
  const previousSummary = await latestSummaryBefore(run);
  const answer = await callModel(run, 'summary', { timeoutMs, onTimeout }, async (model, signal) => {
    const text = await model.summarise({
      messages,
      ...(previousSummary !== undefined && { previousSummary }),
      signal,
    });
    if (text.trim() === '') throw new UnusableOutputError(model.name, 'an empty summary');
    return text;
  });
  const atMs = run.lease.clock.now();
  if (answer.outcome === 'skipped') return { ...answer, atMs };
  return { outcome: 'done', atMs, by: answer.by, text: answer.value };
}

async function latestSummaryBefore({ store, key, manifest }: FollowUpRun): Promise<string | undefined> {
  const last = manifest.archive - 1;
  if (last === 0) return undefined;
  const first = Math.max(1, last - MAX_LOOK_BACK + 1);
  const summaryOf = async (from: number, to: number) => {
    const archives = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
    const manifests = await store.readManifests(key, archives);
    const summary = manifests.findLast(({ followUp }) => followUp.summary?.outcome === 'done')?.followUp
      .summary;
    return summary?.outcome === 'done' ? summary.text : undefined;
  };
  return (await summaryOf(last, last)) ?? (await summaryOf(first, last - 1));
}
