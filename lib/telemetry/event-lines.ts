import type { EventOf, EventType } from './telemetry-event.ts';

type Level = 'info' | 'warn' | 'error';

interface EventLine<Type extends EventType> {
  /** `error`: somebody must act. `warn`: worth a look when it is frequent. */
  readonly level: Level;
  /** Of the event, what a line shows. Nothing else of it reaches the log. */
  readonly shows: readonly Exclude<keyof EventOf<Type>, 'type' | 'tenant' | 'session' | 'commitId'>[];
}

/** How each event is logged. */
export const eventLines: { readonly [Type in EventType]: EventLine<Type> } = {
  'api.answered': { level: 'info', shows: ['operation', 'status', 'durationMs'] },
  'api.failed': { level: 'error', shows: ['status', 'error'] },

  'auto-commit.requested': { level: 'info', shows: ['policyCause'] },
  'auto-commit.failed': { level: 'warn', shows: ['error'] },
  'auto-commit.list-failed': { level: 'error', shows: ['shard', 'error'] },
  'auto-commit.checked': {
    level: 'info',
    shows: ['due', 'requested', 'deaths', 'failed', 'lagMs', 'complete'],
  },

  'commit.claimed': { level: 'info', shows: ['fence'] },
  'commit.recovering': { level: 'warn', shows: ['archive', 'sealedForMs'] },
  'commit.sealed': { level: 'info', shows: ['archive', 'from', 'to'] },
  'commit.copied': {
    level: 'info',
    shows: ['archive', 'records', 'messages', 'bytes', 'chunks', 'voids'],
  },
  'commit.already-copied': { level: 'info', shows: ['archive'] },
  'commit.cleared': { level: 'info', shows: ['archive', 'records'] },
  'commit.archived': { level: 'info', shows: ['archive', 'sinceSealMs'] },
  'commit.ended': { level: 'info', shows: ['outcome', 'durationMs'] },
  'commit.death-recorded': { level: 'error', shows: ['phase', 'diedAtMs'] },
  'commit.fence-rejected': { level: 'warn', shows: ['fence'] },

  'context.memories-unavailable': { level: 'warn', shows: ['scope', 'error'] },

  'lease.acquired': { level: 'info', shows: ['resource', 'attempts', 'waitedMs', 'tookOverFrom'] },
  'lease.busy': { level: 'info', shows: ['resource', 'leaseAttempt', 'holder'] },
  'lease.acquire-failed': { level: 'warn', shows: ['resource', 'leaseAttempt', 'error'] },
  'lease.unavailable': { level: 'warn', shows: ['resource', 'attempts', 'waitedMs', 'holder'] },
  'lease.renewal-failed': { level: 'warn', shows: ['resource', 'sinceRenewalMs', 'error'] },
  'lease.lost': { level: 'warn', shows: ['resource', 'lossCause', 'heldMs', 'successor'] },
  'lease.released': { level: 'info', shows: ['resource', 'heldMs'] },
  'lease.release-failed': { level: 'warn', shows: ['resource', 'heldMs', 'error'] },

  'queue.given-back': { level: 'warn', shows: ['group', 'messageId', 'visibleInMs', 'error'] },
  'queue.dead-lettered': { level: 'error', shows: ['group', 'messageId', 'code', 'error'] },
  'queue.visibility-failed': { level: 'warn', shows: ['group', 'messageId', 'error'] },
  'queue.replayed': { level: 'info', shows: ['group', 'messageId'] },

  'follow-up.asked': { level: 'info', shows: ['archive', 'step', 'model'] },
  'follow-up.step': {
    level: 'info',
    shows: ['archive', 'step', 'outcome', 'durationMs', 'usage', 'redacted'],
  },
  'follow-up.timeout': { level: 'warn', shows: ['archive', 'step', 'timeoutMs'] },
  'follow-up.fallback': { level: 'warn', shows: ['archive', 'step', 'model'] },
  // Not the reasons: they may quote names that the model made up.
  'follow-up.rejected': { level: 'warn', shows: ['archive', 'model', 'count'] },
  'follow-up.replaced': {
    level: 'info',
    shows: ['archive', 'created', 'updated', 'unchanged', 'retracted'],
  },
  'follow-up.merged': { level: 'info', shows: ['archive', 'created', 'updated', 'unchanged', 'retracted'] },
  'follow-up.embedded': { level: 'info', shows: ['archive', 'messages', 'memories', 'durationMs'] },
  'follow-up.not-embedded': { level: 'warn', shows: ['archive', 'error', 'durationMs'] },
  'follow-up.completed': { level: 'info', shows: ['archive', 'durationMs'] },
  'follow-up.gone': { level: 'info', shows: ['archive'] },

  // Neither key nor text: they are what people wrote.
  'memory.entered': { level: 'info', shows: ['scope', 'entry'] },
  'memory.not-embedded': { level: 'warn', shows: ['scope', 'error'] },
  'memory.erased': { level: 'info', shows: ['scope'] },
  'memory.scope-erased': { level: 'info', shows: ['scope'] },

  'events.published': { level: 'info', shows: ['count', 'lagMs'] },
  'events.failed': { level: 'warn', shows: ['error'] },
  'events.skipped': { level: 'error', shows: ['error'] },

  'search.by-words-alone': { level: 'warn', shows: ['error', 'durationMs'] },

  'limits.loaded': { level: 'info', shows: ['limits', 'unknown'] },
  'limits.rejected': { level: 'error', shows: ['problems'] },
  'limits.unavailable': { level: 'warn', shows: ['error'] },
};
