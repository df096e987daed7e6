import { LimitsUnavailableError } from '../../lib/limits/errors.ts';
import { defaultLimits, limitDefinitions } from '../../lib/limits/index.ts';
import type { EventOf, EventType } from '../../lib/telemetry/telemetry-event.ts';

const ids = { tenant: 'acme', session: 'chat', commitId: 'commit-1' };
const followUp = { ...ids, archive: 7 };
const lease = { resource: 'TENANT#acme#SESSION#chat' };
const queue = { group: 'acme#chat', messageId: 'message-1' };
const holder = { owner: 'commit/1', expiresAtMs: 1_000 };
const error = new Error('of somebody else');
const sources = Object.fromEntries(limitDefinitions.map(({ name }) => [name, 'default' as const]));

/** One event of each type, with every detail that it can have. */
export const everyEvent: { readonly [Type in EventType]: EventOf<Type> } = {
  'api.answered': { type: 'api.answered', operation: 'requestCommit', status: 202, durationMs: 12 },
  'api.failed': { type: 'api.failed', status: 500, error },

  'auto-commit.requested': { type: 'auto-commit.requested', ...ids, policyCause: 'message-count' },
  'auto-commit.failed': { type: 'auto-commit.failed', tenant: 'acme', session: 'chat', error },
  'auto-commit.list-failed': { type: 'auto-commit.list-failed', shard: 3, error },
  'auto-commit.checked': {
    type: 'auto-commit.checked',
    due: 12,
    requested: 3,
    deaths: 1,
    failed: 1,
    lagMs: 40_000,
    complete: true,
  },

  'commit.claimed': { type: 'commit.claimed', ...ids, fence: 3 },
  'commit.recovering': { type: 'commit.recovering', ...ids, archive: 7, sealedForMs: 900 },
  'commit.sealed': { type: 'commit.sealed', ...ids, archive: 7, from: 1, to: 20 },
  'commit.copied': {
    type: 'commit.copied',
    ...ids,
    archive: 7,
    records: 19,
    messages: 25,
    bytes: 4_000,
    chunks: 1,
    voids: 1,
  },
  'commit.already-copied': { type: 'commit.already-copied', ...ids, archive: 7 },
  'commit.cleared': { type: 'commit.cleared', ...ids, archive: 7, records: 19 },
  'commit.archived': { type: 'commit.archived', ...ids, archive: 7, sinceSealMs: 80 },
  'commit.ended': { type: 'commit.ended', ...ids, outcome: 'archived', durationMs: 150 },
  'commit.death-recorded': {
    type: 'commit.death-recorded',
    ...ids,
    phase: 'follow-up',
    diedAtMs: 1_767_225_600_000,
  },
  'commit.fence-rejected': { type: 'commit.fence-rejected', ...ids, fence: 3 },

  'lease.acquired': {
    type: 'lease.acquired',
    ...lease,
    attempts: 4,
    waitedMs: 600,
    tookOverFrom: holder,
  },
  'lease.busy': { type: 'lease.busy', ...lease, leaseAttempt: 2, holder },
  'lease.acquire-failed': { type: 'lease.acquire-failed', ...lease, leaseAttempt: 2, error },
  'lease.unavailable': { type: 'lease.unavailable', ...lease, attempts: 11, waitedMs: 2_000, holder },
  'lease.renewal-failed': { type: 'lease.renewal-failed', ...lease, sinceRenewalMs: 10_000, error },
  'lease.lost': { type: 'lease.lost', ...lease, lossCause: 'taken-over', heldMs: 700, successor: holder },
  'lease.released': { type: 'lease.released', ...lease, heldMs: 140 },
  'lease.release-failed': { type: 'lease.release-failed', ...lease, heldMs: 140, error },

  'queue.given-back': { type: 'queue.given-back', ...queue, visibleInMs: 1_000, error },
  'queue.dead-lettered': { type: 'queue.dead-lettered', ...queue, code: 'unexpected', error },
  'queue.visibility-failed': { type: 'queue.visibility-failed', ...queue, error },
  'queue.replayed': { type: 'queue.replayed', ...queue },

  'follow-up.asked': { type: 'follow-up.asked', ...followUp, step: 'summary', model: 'bedrock:nova' },
  'follow-up.step': {
    type: 'follow-up.step',
    ...followUp,
    step: 'summary',
    outcome: 'done',
    durationMs: 3_000,
    usage: { inputTokens: 900, outputTokens: 120 },
    redacted: 2,
  },
  'follow-up.timeout': { type: 'follow-up.timeout', ...followUp, step: 'extraction', timeoutMs: 180_000 },
  'follow-up.fallback': { type: 'follow-up.fallback', ...followUp, step: 'extraction', model: 'offline' },
  'follow-up.rejected': {
    type: 'follow-up.rejected',
    ...followUp,
    model: 'bedrock:nova',
    count: 2,
    reasons: ['memory 1: key: expected a string'],
  },
  'follow-up.merged': {
    type: 'follow-up.merged',
    ...followUp,
    created: 2,
    updated: 1,
    unchanged: 4,
    retracted: 3,
  },
  'follow-up.replaced': {
    type: 'follow-up.replaced',
    ...followUp,
    created: 1,
    updated: 2,
    unchanged: 3,
    retracted: 4,
  },
  'follow-up.completed': { type: 'follow-up.completed', ...followUp, durationMs: 5_000 },
  'follow-up.gone': { type: 'follow-up.gone', ...followUp },

  'follow-up.embedded': {
    type: 'follow-up.embedded',
    ...followUp,
    messages: 25,
    memories: 4,
    durationMs: 700,
  },
  'follow-up.not-embedded': { type: 'follow-up.not-embedded', ...followUp, error, durationMs: 20_000 },
  'events.published': { type: 'events.published', count: 3, lagMs: 900 },
  'events.failed': { type: 'events.failed', error },
  'events.skipped': { type: 'events.skipped', tenant: 'acme', session: 'chat', error },

  'search.by-words-alone': { type: 'search.by-words-alone', tenant: 'acme', error, durationMs: 2_000 },
  'memory.not-embedded': { type: 'memory.not-embedded', tenant: 'acme', scope: 'ann', error },
  'context.memories-unavailable': {
    type: 'context.memories-unavailable',
    tenant: 'acme',
    session: 'chat',
    scope: 'ann',
    error,
  },

  'memory.entered': { type: 'memory.entered', tenant: 'acme', scope: 'ann', entry: 'edit' },
  'memory.erased': { type: 'memory.erased', tenant: 'acme', scope: 'ann' },
  'memory.scope-erased': { type: 'memory.scope-erased', tenant: 'acme', scope: 'ann' },

  'limits.loaded': {
    type: 'limits.loaded',
    unknown: ['lease.ttl'],
    limits: { ...defaultLimits, sources: sources as EventOf<'limits.loaded'>['limits']['sources'] },
  },
  'limits.rejected': { type: 'limits.rejected', problems: ['lease.ttlMs must be at least 1000'] },
  'limits.unavailable': {
    type: 'limits.unavailable',
    error: new LimitsUnavailableError('/commitlane/dev', 'no answer', { cause: error, afterMs: 5_000 }),
  },
};
