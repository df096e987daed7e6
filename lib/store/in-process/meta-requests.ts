import type { SessionMeta } from '../../session/index.ts';
import { FenceRejectedError } from '../errors.ts';
import type { MetaStore } from '../meta-store.ts';
import { withoutCheck } from './check-requests.ts';
import type { StoredSessions } from './stored-sessions.ts';

/** The requests whose target is META. */
export function metaRequests({ find, at, existing, fenced }: StoredSessions): MetaStore {
  return {
    async createSession(key, settings) {
      const stored = at(key);
      if (stored.meta ?? stored.mark) return false;
      stored.meta = {
        ...settings,
        activeAtMs: settings.createdAtMs,
        nextSeq: 1,
        appendedMessages: 0,
        appendedTokens: 0,
        committedThrough: 0,
        archiveCount: 0,
        fence: 0,
      };
      return true;
    },

    async readMeta(key) {
      return find(key)?.meta;
    },

    async updateSettings(key, settings) {
      const { scope, title, memoryCategories, autoCommit, ...others } = settings;
      if (scope && find(key)?.meta?.scope !== scope.from) return undefined;
      const stored = existing(key);
      const moved = scope && { scope: scope.to, formerScopes: scope.formerScopes };
      const {
        title: before,
        memoryCategories: restriction,
        ...rest
      } = { ...stored.meta, ...others, ...moved };
      const called = title === undefined ? before : title;
      const wanted = memoryCategories === undefined ? restriction : memoryCategories;
      const meta = {
        ...rest,
        ...(typeof called === 'string' && { title: called }),
        ...(wanted && { memoryCategories: wanted }),
      };
      if (autoCommit === undefined) stored.meta = meta;
      else if (autoCommit === null) stored.meta = withoutPolicy(meta);
      else {
        const { policy, checkAtMs } = autoCommit;
        stored.meta = { ...withoutCheck(meta), autoCommit: policy, checkAtMs };
      }
      return stored.meta;
    },

    async takePosition(key, { messages, tokens }, activeAtMs) {
      const stored = existing(key);
      const { nextSeq: position, appendedMessages, appendedTokens } = stored.meta;
      stored.meta = {
        ...stored.meta,
        activeAtMs,
        nextSeq: position + 1,
        appendedMessages: appendedMessages + messages,
        appendedTokens: appendedTokens + tokens,
      };
      return { position, meta: stored.meta };
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

    async rememberRequest(key, requested) {
      const stored = find(key);
      if (!stored?.meta) return;
      if (stored.meta.requested && stored.meta.requested.through > requested.through) return;
      stored.meta = { ...stored.meta, requested };
    },
  };
}

function withoutPolicy(meta: SessionMeta): SessionMeta {
  const { autoCommit: _policy, ...rest } = withoutCheck(meta);
  return rest;
}
