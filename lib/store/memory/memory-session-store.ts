import type { Manifest, ManifestExcerpt, ManifestPart } from '../../archive/index.ts';
import {
  type CommitRetry,
  type CommitStatus,
  commitTransitions,
  entryOf,
  type LogEntry,
  mayTake,
  type SessionKey,
  type SessionMeta,
} from '../../session/index.ts';
import { FenceRejectedError, SessionNotFoundError } from '../errors.ts';
import type { DeletedSession, SessionStore } from '../session-store.ts';
import { checkRequests, withoutCheck } from './check-requests.ts';
import type { StoredSession } from './stored-session.ts';

const PAGE_ENTRIES = 100;

/**
 * The session store in this process's memory: for tests, and for exploring schedules of the protocol.
 *
 * Each method does its work in one synchronous step, as one database request does. `sessions` is what is stored,
 * keyed `tenant/session`; nothing expires.
 */
export function memorySessionStore(): SessionStore & { readonly sessions: Map<string, StoredSession> } {
  const sessions = new Map<string, StoredSession>();
  const deletedSessions = new Map<string, DeletedSession>();
  const nameOf = ({ tenant, session }: SessionKey) => `${tenant}/${session}`;

  function existing(key: SessionKey): StoredSession {
    const stored = sessions.get(nameOf(key));
    if (!stored) throw new SessionNotFoundError(key);
    return stored;
  }

  function fenced(key: SessionKey, fence: number): StoredSession {
    const stored = sessions.get(nameOf(key));
    if (stored?.meta.fence !== fence) throw new FenceRejectedError(key, fence);
    return stored;
  }

  return {
    sessions,

    async createSession(key, settings) {
      if (sessions.has(nameOf(key)) || deletedSessions.has(nameOf(key))) return false;
      sessions.set(nameOf(key), {
        meta: {
          ...settings,
          nextSeq: 1,
          appendedMessages: 0,
          appendedTokens: 0,
          committedThrough: 0,
          archiveCount: 0,
          fence: 0,
        },
        log: new Map(),
        appendKeys: new Map(),
        manifests: new Map(),
        chunks: new Map(),
        commits: new Map(),
      });
      return true;
    },

    async readMeta(key) {
      return sessions.get(nameOf(key))?.meta;
    },

    async updateSettings(key, settings) {
      const stored = existing(key);
      const { autoCommit, ...others } = settings;
      const meta = { ...stored.meta, ...others };
      if (autoCommit === undefined) stored.meta = meta;
      else if (autoCommit === null) stored.meta = withoutPolicy(meta);
      else {
        const { policy, checkAtMs } = autoCommit;
        stored.meta = { ...withoutCheck(meta), autoCommit: policy, checkAtMs };
      }
      return stored.meta;
    },

    async takePosition(key, { messages, tokens }) {
      const stored = existing(key);
      const { nextSeq: position, appendedMessages, appendedTokens } = stored.meta;
      stored.meta = {
        ...stored.meta,
        nextSeq: position + 1,
        appendedMessages: appendedMessages + messages,
        appendedTokens: appendedTokens + tokens,
      };
      return { position, meta: stored.meta };
    },

    async putRecord(key, record) {
      return putIfAbsent(existing(key).log, record.position, record);
    },

    async readEntry(key, position) {
      return sessions.get(nameOf(key))?.log.get(position);
    },

    async putAppendKey(key, appendKey, nowMs) {
      const { appendKeys } = existing(key);
      const remembered = appendKeys.get(appendKey.key);
      if (remembered && remembered.expiresAtMs > nowMs) return false;
      appendKeys.set(appendKey.key, appendKey);
      return true;
    },

    async readAppendKey(key, appendKey) {
      return sessions.get(nameOf(key))?.appendKeys.get(appendKey);
    },

    async moveAppendKey(key, appendKey, fromPosition, toPosition) {
      const { appendKeys } = existing(key);
      const remembered = appendKeys.get(appendKey);
      if (!remembered || ![fromPosition, toPosition].includes(remembered.position)) return false;
      appendKeys.set(appendKey, { ...remembered, position: toPosition });
      return true;
    },

    async claim(key) {
      const stored = existing(key);
      stored.meta = { ...stored.meta, fence: stored.meta.fence + 1 };
      return stored.meta;
    },

    async seal(key, fence, seal) {
      const stored = fenced(key, fence);
      const { sealed } = stored.meta;
      if (sealed && sealed.archive !== seal.archive) throw new FenceRejectedError(key, fence);
      stored.meta = {
        ...stored.meta,
        sealed: seal,
        committedThrough: seal.to,
        archiveCount: seal.archive,
      };
    },

    async unseal(key, fence) {
      const stored = fenced(key, fence);
      const { sealed: _finished, ...meta } = stored.meta;
      stored.meta = meta;
    },

    async readRange(key, { from, to, limit = PAGE_ENTRIES, newestFirst = false }) {
      const log = sessions.get(nameOf(key))?.log ?? new Map<number, LogEntry>();
      const entries = [...log.values()]
        .filter(({ position }) => position >= from && position <= to)
        .sort((a, b) => (newestFirst ? b.position - a.position : a.position - b.position));
      return { entries: entries.slice(0, limit), complete: entries.length <= limit };
    },

    async voidPosition(key, position) {
      return putIfAbsent(existing(key).log, position, { kind: 'void', position });
    },

    async putTombstones(key, tombstones) {
      const { log } = existing(key);
      for (const tombstone of tombstones) log.set(tombstone.position, tombstone);
      return [];
    },

    async putChunk(key, archive, index, chunk) {
      return putIfAbsent(existing(key).chunks, `${archive}/${index}`, chunk);
    },

    async readChunk(key, archive, index) {
      return sessions.get(nameOf(key))?.chunks.get(`${archive}/${index}`);
    },

    async putManifest(key, manifest) {
      return putIfAbsent(existing(key).manifests, manifest.archive, manifest);
    },

    async readManifest(key, archive) {
      return sessions.get(nameOf(key))?.manifests.get(archive);
    },

    async readManifests(key, archives, parts) {
      const stored = sessions.get(nameOf(key))?.manifests;
      const manifests = archives
        .flatMap((archive) => stored?.get(archive) ?? [])
        .sort((a, b) => a.archive - b.archive);
      return { manifests: manifests.map((manifest) => excerptOf(manifest, parts)), left: [] };
    },

    async recordStep(key, archive, step, result) {
      const { manifests } = existing(key);
      const manifest = manifests.get(archive);
      if (!manifest || manifest.followUp[step]) return false;
      manifests.set(archive, { ...manifest, followUp: { ...manifest.followUp, [step]: result } });
      return true;
    },

    async setFollowUpState(key, archive, state) {
      const { manifests } = existing(key);
      const manifest = manifests.get(archive);
      if (!manifest || manifest.followUp.state === 'completed') return;
      manifests.set(archive, { ...manifest, followUp: { ...manifest.followUp, state } });
    },

    async putCommit(key, commit) {
      return putIfAbsent(existing(key).commits, commit.commitId, commit);
    },

    async readCommit(key, commitId) {
      return sessions.get(nameOf(key))?.commits.get(commitId);
    },

    async changeCommit(key, commitId, change, created) {
      const { commits } = created ? existing(key) : (sessions.get(nameOf(key)) ?? { commits: new Map() });
      const commit = commits.get(commitId) ?? newCommit(commitId, created);
      if (!commit || (commits.has(commitId) && !mayTake(change.transition, commit))) return false;
      commits.set(commitId, {
        ...commit,
        state: commitTransitions[change.transition].to,
        ...(change.archive !== undefined && { archive: change.archive }),
        timeline: [...commit.timeline, entryOf(change)],
      });
      return true;
    },

    async retryCommit(key, commitId, { transition, seen, timeline }) {
      const { commits } = existing(key);
      const commit = commits.get(commitId);
      if (!commit || !isAsSeen(commit, seen)) return false;
      const { lastAttemptUntilMs: _, ...rest } = commit;
      commits.set(commitId, { ...rest, state: commitTransitions[transition].to, timeline });
      return true;
    },

    async addToTimeline(key, commitId, entry) {
      const { commits } = existing(key);
      const commit = commits.get(commitId);
      if (commit) commits.set(commitId, { ...commit, timeline: [...commit.timeline, entry] });
    },

    async noteLastAttempt(key, commitId, untilMs) {
      const { commits } = existing(key);
      const commit = commits.get(commitId);
      if (commit) commits.set(commitId, { ...commit, lastAttemptUntilMs: untilMs });
    },

    async markDeleted(key, fence, deleted) {
      if (deletedSessions.has(nameOf(key))) return;
      fenced(key, fence);
      sessions.delete(nameOf(key));
      deletedSessions.set(nameOf(key), deleted);
    },

    async readDeleted(key) {
      return deletedSessions.get(nameOf(key));
    },

    // A deleted session's items went with it, and nothing can be written to it.
    async closePositions() {
      return [];
    },

    async listItems() {
      return [];
    },

    async deleteItems() {
      return [];
    },

    async rememberRequest(key, requested) {
      const stored = existing(key);
      if (stored.meta.requested && stored.meta.requested.through > requested.through) return;
      stored.meta = { ...stored.meta, requested };
    },

    ...checkRequests(sessions, nameOf),
  };
}

function withoutPolicy(meta: SessionMeta): SessionMeta {
  const { autoCommit: _policy, ...rest } = withoutCheck(meta);
  return rest;
}

function excerptOf<Part extends ManifestPart>(
  { chunks, followUp: { state, summary }, ...head }: Manifest,
  parts: readonly Part[],
): ManifestExcerpt<Part> {
  const wants = (part: ManifestPart) => parts.some((one) => one === part);
  const followUp = { state, ...(wants('summary') && summary && { summary }) };
  return { ...head, ...(wants('chunks') && { chunks }), followUp } as ManifestExcerpt<Part>;
}

function putIfAbsent<K, V>(map: Map<K, V>, key: K, value: V): boolean {
  if (map.has(key)) return false;
  map.set(key, value);
  return true;
}

function newCommit(
  commitId: string,
  created: Pick<CommitStatus, 'keepRecent' | 'requestedAtMs'> | undefined,
): CommitStatus | undefined {
  if (!created) return undefined;
  const { keepRecent, requestedAtMs } = created;
  return { commitId, state: 'queued', keepRecent, requestedAtMs, timeline: [] };
}

/** A timeline only grows, but for a retry, which ends it with a moment of its own. */
function isAsSeen(commit: CommitStatus, seen: CommitRetry['seen']): boolean {
  const isSameEnd = commit.timeline.at(-1)?.atMs === seen.timeline.at(-1)?.atMs;
  return commit.state === seen.state && commit.timeline.length === seen.timeline.length && isSameEnd;
}
