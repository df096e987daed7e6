import type { ManifestExcerpt } from '../archive/index.ts';
import type { RememberedMemory } from '../context/index.ts';
import type { ExtractionState } from '../extraction-again/index.ts';
import type { ListedSession } from '../listing/index.ts';
import type { EarlierMemory, Memory, Statement } from '../memory/index.ts';
import { speakerOf } from '../model/index.ts';
import type { MemoryHit, MessageHit } from '../search/index.ts';
import { type CommitStatus, statusAsOf } from '../session/index.ts';
import {
  type ArchiveView,
  type CommitView,
  type ContextMemoryView,
  type EarlierMemoryView,
  type ExtractionView,
  type ListedSessionView,
  type MemoryHitView,
  type MemoryView,
  type MessageHitView,
  type StatementView,
  toAuthorView,
} from './views/index.ts';

const iso = (ms: number) => new Date(ms).toISOString();

/** @param nowMs a commit whose last worker was killed is seen to be dead only by the time. */
export function toCommitView(commit: CommitStatus, nowMs: number): CommitView {
  const {
    requestedAtMs,
    timeline,
    lastAttemptUntilMs: _known,
    lastAttemptOf: _phase,
    checkAtMs: _check,
    ...status
  } = statusAsOf(commit, nowMs);
  return {
    ...status,
    requestedAt: iso(requestedAtMs),
    timeline: timeline.map(({ atMs, ...entry }) => ({ at: iso(atMs), ...entry })),
  };
}

export function toListedSessionView(
  { session, meta, lastCommit }: ListedSession,
  nowMs: number,
): ListedSessionView {
  return {
    sessionId: session,
    scope: meta.scope,
    ...(meta.title !== undefined && { title: meta.title }),
    createdAt: iso(meta.createdAtMs),
    activeAt: iso(meta.activeAtMs),
    appendedMessages: meta.appendedMessages,
    liveAppends: meta.nextSeq - 1 - meta.committedThrough,
    archiveCount: meta.archiveCount,
    ...(lastCommit && { lastCommit: inBrief(toCommitView(lastCommit, nowMs)) }),
  };
}

function inBrief({ commitId, state, archive, requestedAt }: CommitView) {
  return { commitId, state, ...(archive !== undefined && { archive }), requestedAt };
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
    ...(summary?.outcome === 'done' && {
      summary: summary.text,
      summaryModel: summary.by,
      ...(summary.redacted !== undefined && { redacted: summary.redacted }),
    }),
  };
}

export function toExtractionView(archive: number, extraction: ExtractionState): ExtractionView {
  switch (extraction.state) {
    case 'failed':
      return { archive, ...extraction, failure: toFailureView(extraction.failure) };
    case 'found': {
      const { atMs, failure, ...found } = extraction;
      return { archive, ...found, at: iso(atMs), ...(failure && { failure: toFailureView(failure) }) };
    }
    default: {
      const { atMs, ...rest } = extraction;
      return { archive, ...rest, ...(atMs !== undefined && { at: iso(atMs) }) };
    }
  }
}

function toFailureView({ atMs, reason }: { readonly atMs: number; readonly reason: string }) {
  return { at: iso(atMs), reason };
}

export function toMemoryView(memory: Memory): MemoryView {
  const { category, key, text, confidence, firstSeenAtMs, lastSeenAtMs, by } = memory;
  return {
    category,
    key,
    ...(text === undefined ? { forgotten: true } : { text }),
    confidence,
    firstSeenAt: iso(firstSeenAtMs),
    lastSeenAt: iso(lastSeenAtMs),
    by: toAuthorView(by),
  };
}

export function toMemoryHitView({ memory, score }: MemoryHit): MemoryHitView {
  const { forgotten: _, ...view } = toMemoryView(memory);
  return { ...view, text: memory.text, score };
}

export function toContextMemoryView(memory: RememberedMemory): ContextMemoryView {
  const { category, key, text, saidAtMs, by } = memory;
  return { category, key, text, saidAt: iso(saidAtMs), by: toAuthorView(by) };
}

export function toMessageHitView({ message, position, place, score, snippet }: MessageHit): MessageHitView {
  const { id, role, at, metadata } = message;
  const speaker = speakerOf({ role, metadata });
  return {
    messageId: id,
    ...place,
    position,
    role,
    at,
    ...(speaker !== undefined && { speaker }),
    score,
    snippet,
  };
}

export function toStatementView(statement: Statement): StatementView {
  const { text, retracts, restores, contradicts, confidence, saidAtMs, by } = statement;
  return {
    stance: (retracts && 'retracts') || (restores && 'restores') || 'asserts',
    ...(text !== '' && { text }),
    ...(contradicts && { contradicts }),
    confidence,
    saidAt: iso(saidAtMs),
    by: toAuthorView(by),
  };
}

export function toEarlierMemoryView(earlier: EarlierMemory): EarlierMemoryView {
  const { text, confidence, firstSeenAtMs, saidAtMs, sessions, hasUnlistedSessions, history } = earlier;
  return {
    text,
    confidence,
    firstSeenAt: iso(firstSeenAtMs),
    lastSeenAt: iso(saidAtMs),
    sessions,
    ...(hasUnlistedSessions && { hasUnlistedSessions }),
    history: history.map(({ text: former, seenAtMs }) => ({ text: former, seenAt: iso(seenAtMs) })),
  };
}
