import { cover, type FollowUpProgress } from '../archive/index.ts';
import { UnusableOutputError } from '../model/index.ts';
import { callModel } from './call-model.ts';
import { carryOn } from './carry-on.ts';
import type { FollowUpRun } from './follow-up-run.ts';
import { previousSummaries } from './previous-summaries.ts';

/** It must fit the manifest's item beside everything else; a summary that is longer is none. */
const MAX_BYTES = 64 * 1024;

/** The first step: a summary of the archive, given those before it. */
export async function writeSummary(run: FollowUpRun): Promise<NonNullable<FollowUpProgress['summary']>> {
  const { summaryTimeoutMs: timeoutMs, onSummaryTimeout: onTimeout } = run.limits.followUp;
  const messages = await run.messages();
  const previous = await previousSummaries(run);
  const answer = await callModel(run, 'summary', { timeoutMs, onTimeout }, async (model, signal) => {
    const carried = carryOn(previous, model.maxPreviousTokens);
    const { value: text, ...summary } = await model.summarise({
      messages,
      ...(carried && { previousSummary: carried.text }),
      signal,
    });
    refuseUnusable(model.name, text);
    return { ...summary, value: { text, covers: cover(carried?.covers ?? [], [run.manifest.archive]) } };
  });
  const atMs = run.lease.clock.now();
  if (answer.outcome === 'skipped') return { ...answer, atMs };
  const { value, ...done } = answer;
  return { ...done, atMs, ...value };
}

function refuseUnusable(model: string, text: string): void {
  if (text.trim() === '') throw new UnusableOutputError(model, 'an empty summary');
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_BYTES) {
    throw new UnusableOutputError(model, `a summary of ${bytes} bytes; at most ${MAX_BYTES} are allowed`);
  }
}
