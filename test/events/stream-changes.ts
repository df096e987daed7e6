import type { StreamChange } from '../../lib/events/index.ts';
import type { Memory } from '../../lib/memory/index.ts';
import type { CommitStatus } from '../../lib/session/index.ts';
import { toCommitItem, toMemoryItem } from '../../lib/table/index.ts';

/** 2026-01-01T00:00:00Z. */
export const T = 1_767_225_600_000;

const session = { tenant: 'acme', session: 'chat' };
const scope = { tenant: 'acme', scope: 'ann' };

export const commitOf = (given: Partial<CommitStatus> = {}): CommitStatus => ({
  commitId: 'commit-1',
  state: 'queued',
  keepRecent: 0,
  requestedAtMs: T,
  timeline: [{ atMs: T, event: 'queued' }],
  ...given,
});

/** The commit one transition later. */
export const turned = (
  commit: CommitStatus,
  state: CommitStatus['state'],
  {
    archive = commit.archive,
    ...entry
  }: { archive?: number | undefined; detail?: string; atMs?: number } = {},
): CommitStatus => ({
  ...commit,
  state,
  ...(archive !== undefined && { archive }),
  timeline: [...commit.timeline, { atMs: T + 1_000 * commit.timeline.length, event: state, ...entry }],
});

export const memoryOf = (given: Partial<Memory> = {}): Memory => ({
  category: 'preference',
  key: 'tea',
  text: 'Ann prefers tea.',
  confidence: 0.9,
  firstSeenAtMs: T,
  lastSeenAtMs: T,
  saidAtMs: T,
  by: { kind: 'archive', session: 'chat', archive: 1, messageId: 'm-1', model: 'offline:1' },
  revision: 'r-1',
  ...given,
});

const keysOf = (item: Record<string, unknown>) => ({ pk: String(item['pk']), sk: String(item['sk']) });

/** A write to a status, as the stream has it. */
export function commitChange(
  before: CommitStatus | undefined,
  now: CommitStatus | undefined,
  { sequence = '100', key = session } = {},
): StreamChange {
  const toItem = (commit: CommitStatus) => toCommitItem(key, commit, T + 1_000);
  const items = { ...(before && { before: toItem(before) }), ...(now && { after: toItem(now) }) };
  return { sequence, atMs: T, ...keysOf(items.after ?? items.before ?? {}), ...items };
}

/** A write to a memory, likewise. */
export function memoryChange(
  before: Memory | undefined,
  now: Memory | undefined,
  { sequence = '100', atMs = T } = {},
): StreamChange {
  const toItem = (memory: Memory) => toMemoryItem(scope, memory);
  const items = { ...(before && { before: toItem(before) }), ...(now && { after: toItem(now) }) };
  return { sequence, atMs, ...keysOf(items.after ?? items.before ?? {}), ...items };
}

/** A commit of a session is archived. */
export function archivedChange(name: string, sequence: string): StreamChange {
  const requested = commitOf();
  const key = { tenant: 'acme', session: name };
  return commitChange(requested, turned(requested, 'archived', { archive: 1 }), { sequence, key });
}
