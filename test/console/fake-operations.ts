import type { Operations } from '../../console/index.ts';
import { CommitNotFoundError } from '../../lib/commit/index.ts';
import { InvalidLimitsError } from '../../lib/limits/index.ts';
import { MemoryNotFoundError } from '../../lib/memory/index.ts';
import { SessionNotFoundError } from '../../lib/store/index.ts';
import { countFollowed, type LetterDocument } from '../../operator/letters/index.ts';
import type { AuthorDocument } from '../../operator/memories/index.ts';

const at = '2026-01-01T00:00:00.000Z';
/** What somebody may write to break a page. */
export const evil = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>`;

export function letter(id: string, more: Partial<LetterDocument> = {}): LetterDocument {
  return {
    id,
    queue: 'commits',
    group: 'acme#chat',
    tenant: 'acme',
    session: 'chat',
    commitId: 'c1',
    deadSince: at,
    prospect: 'works',
    body: '{}',
    ...more,
  };
}

const archive: AuthorDocument = {
  kind: 'archive',
  session: 'chat',
  archive: 2,
  messageId: evil,
  model: evil,
  promptVersion: evil,
};
const person: AuthorDocument = { kind: 'person', who: evil };

/** A stack with one session, `chat` of `acme`, one commit, `c1`, one memory, `profile/name`, and whatever else a test gives it. */
export function fakeOperations(more: Partial<Operations> = {}): Operations {
  const commit = {
    commitId: 'c1',
    state: 'completed',
    archive: 1,
    through: 2,
    keepRecent: 0,
    reason: evil,
    requestedAt: at,
    timeline: [{ at, event: 'queued', detail: evil }],
  } as const;
  return {
    stack: {
      name: 'commitlane-dev',
      isLocal: true,
      apiUrl: 'http://127.0.0.1:4500',
      limitsPath: '/commitlane/dev',
      leaseStore: 'dynamodb',
      model: 'offline',
    },
    queues: async () => [
      { kind: 'commits', waiting: 3, inFlight: 2, delayed: 0, deadLetters: 1_200, givesUp: true },
    ],
    examine: async () => [{ name: 'table', status: 'failed', detail: evil, whatToDo: 'Wait.' }],

    sessions: async ({ tenant, scope, after }) => ({
      tenant,
      ...(scope !== undefined && { scope }),
      sessions: [
        {
          sessionId: 'chat',
          scope: scope ?? evil,
          title: evil,
          createdAt: at,
          activeAt: at,
          appendedMessages: 7,
          liveAppends: 3,
          archiveCount: 12,
          lastCommit: { commitId: 'c1', state: 'completed', archive: 1, requestedAt: at },
        },
        {
          sessionId: 'new',
          scope: 'ann',
          createdAt: at,
          activeAt: at,
          appendedMessages: 0,
          liveAppends: 0,
          archiveCount: 0,
        },
      ],
      unreadable: ['broken'],
      ...(after === undefined && { nextAfter: '1767225600.new' }),
    }),

    async session(key) {
      if (key.session !== 'chat') throw new SessionNotFoundError(key);
      return {
        ...key,
        scope: evil,
        title: evil,
        memoryCategories: ['profile'],
        autoCommit: {
          pendingTokens: null,
          messageCount: 50,
          idleSeconds: 60,
          keepRecent: 4,
          minIntervalSeconds: 0,
        },
        createdAt: at,
        activeAt: at,
        lastPosition: 5,
        committedThrough: 2,
        archiveCount: 12,
        fence: 7,
        live: { messages: 4 },
        leaseStore: 'dynamodb',
        lease: { owner: 'commit/1f0c', expiresAt: '2025-12-31T23:59:30.000Z' },
        sealed: { archive: 2, from: 3, to: 4, commitId: 'c2', sealedAt: at },
        commits: [commit],
        archives: [
          {
            archive: 1,
            from: 1,
            to: 2,
            messageCount: 2,
            bytes: 10,
            commitId: 'c1',
            sealedAt: at,
            followUp: 'completed',
            summary: evil,
          },
        ],
      };
    },

    async commit(key, commitId) {
      if (commitId !== 'c1') throw new CommitNotFoundError(key, commitId);
      return commit;
    },

    cancelCommit: async () => commit,

    async memories({ tenant, scope, after }) {
      const { history: _, ...memory } = await this.memory(
        { tenant, scope, category: 'profile', key: 'name' },
        new AbortController().signal,
      );
      const { text: __, ...forgotten } = { ...memory, key: 'old-name', by: person };
      const memories = [memory, forgotten];
      return { tenant, scope, memories, ...(after === undefined && { nextAfter: 'profile#old-name' }) };
    },

    async memory({ tenant, scope, ...subject }) {
      if (subject.key !== 'name') throw new MemoryNotFoundError({ tenant, scope }, subject);
      return {
        tenant,
        scope,
        ...subject,
        text: evil,
        confidence: 0.9,
        firstSeenAt: at,
        lastSeenAt: at,
        saidAt: at,
        by: archive,
        revision: 'r1',
        history: [
          { saidAt: at, by: archive, text: evil, confidence: 0.9, isInForce: true, alsoFrom: [evil] },
          { saidAt: at, by: person, retracts: true, confidence: 1 },
          { saidAt: at, by: { kind: 'erased' }, retracts: true, confidence: 1 },
          { saidAt: at, by: { kind: 'earlier' }, text: 'Ann is called Ann.', alsoFrom: ['a', 'b'] },
        ],
      };
    },

    changeMemory: async (address) => fakeOperations().memory(address, new AbortController().signal),
    letters: async () => ({ letters: [], unseen: 0 }),
    letter: async () => ({ unseen: 0 }),
    planReplay: async () => ({ letters: [letter('l1')], unreadable: [], unseen: 0, causes: [] }),
    replay: async () => ({ resent: 1, gone: 0, notRemoved: 0, unrecorded: 0, isStopped: false, replays: [] }),
    followReplays: async () => countFollowed([]),

    async limits() {
      const limit = { allowed: '1000 to 300000 ms', description: 'How soon', source: 'parameter' } as const;
      return {
        limits: [
          { ...limit, name: 'lease.ttlMs', value: '45000', default: '30000', isDefault: false },
          {
            ...limit,
            name: 'lease.maxRetries',
            value: '10',
            default: '10',
            isDefault: true,
            source: 'default',
          },
          {
            ...limit,
            name: 'lease.onExhausted',
            value: 'retry-later',
            default: 'retry-later',
            isDefault: true,
            choices: ['retry-later', 'skip'],
          },
        ],
        problems: [],
        unknown: [],
      };
    },

    async planLimits(wanted) {
      for (const [name, value] of wanted) {
        if (!/^(\d+|default)$/.test(value))
          throw new InvalidLimitsError([`${name} must be a whole number, not '${value}'`]);
      }
      return [...wanted].map(([name, after]) => ({
        name,
        before: name === 'lease.ttlMs' ? '45000' : '10',
        after,
        value: after === 'default' ? '30000' : after,
      }));
    },

    changeLimits: async () => [],
    ...more,
  };
}
