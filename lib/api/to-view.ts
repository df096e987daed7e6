import type { ManifestExcerpt } from '../archive/index.ts';
import type { Memory } from '../memory/index.ts';
import { type CommitStatus, statusAsOf } from '../session/index.ts';
import type { ArchiveView, CommitView, MemoryView } from './views.ts';

const iso = (ms: number) => new Date(ms).toISOString();

/** @param nowMs a commit whose last worker was killed is seen to be dead only by the time. */
export function toCommitView(commit: CommitStatus, nowMs: number): CommitView {
  const { requestedAtMs, timeline, lastAttemptUntilMs: _known, ...status } = statusAsOf(commit, nowMs);
  return {
    ...status,
    requestedAt: iso(requestedAtMs),
    timeline: timeline.map(({ atMs, ...entry }) => ({ at: iso(atMs), ...entry })),
  };
}

export function toArchiveView(manifest: ManifestExcerpt<'summary'>): ArchiveView {
  const { archive, from, to, messageCount, bytes, commitId, sealedAtMs, followUp } = manifest;
  const { summary } = followUp;
  return {
    archive,
    from,
    to,
    messageCount,
    bytes,
    commitId,
    sealedAt: iso(sealedAtMs),
    followUp: followUp.state,
    ...(summary?.outcome === 'done' && { summary: summary.text, summaryModel: summary.by }),
  };
}

export function toMemoryView(memory: Memory): MemoryView {
  const { category, key, text, confidence, firstSeenAtMs, lastSeenAtMs, archives, history } = memory;
  return {
    category,
    key,
    text,
    confidence,
    firstSeenAt: iso(firstSeenAtMs),
    lastSeenAt: iso(lastSeenAtMs),
    archives,
    history: history.map(({ text, seenAtMs }) => ({ text, seenAt: iso(seenAtMs) })),
  };
}
