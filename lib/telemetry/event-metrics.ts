import type { MetricName, metricDefinitions } from './metric-definitions.ts';
import type { ReportedEvent } from './reported-event.ts';
import type { EventOf, EventType } from './telemetry-event.ts';

type Divided<By> = {
  [Name in MetricName]: (typeof metricDefinitions)[Name] extends { readonly by: By } ? Name : never;
}[MetricName];
type Undivided = Exclude<MetricName, Divided<'step' | 'cause'>>;

/** One value of a metric, with the dimension that its definition says. */
export type Measurement = { readonly value: number } & (
  | { readonly name: Undivided }
  | { readonly name: Divided<'step'>; readonly step: string }
  | { readonly name: Divided<'cause'>; readonly cause: string }
);

const once = (name: Undivided): Measurement => ({ name, value: 1 });
const value = (name: Undivided, measured: number): Measurement => ({ name, value: measured });
const perStep = (name: Divided<'step'>, step: string, measured = 1): Measurement => ({
  name,
  step,
  value: measured,
});

const outcomes: Readonly<Record<string, Undivided>> = {
  archived: 'CommitsArchived',
  empty: 'CommitsEmpty',
  skipped: 'CommitsSkipped',
};

/** What each event measures; one that is not here measures nothing. */
const measures: {
  readonly [Type in EventType]?: (event: EventOf<Type>) => readonly (Measurement | undefined)[];
} = {
  'lease.acquired': ({ attempts, waitedMs, tookOverFrom }) => [
    once('LeaseAcquired'),
    value('LeaseAttempts', attempts),
    value('LeaseWait', waitedMs),
    tookOverFrom && once('LeaseTakeOvers'),
  ],
  'lease.busy': () => [once('LeaseBusy')],
  'lease.unavailable': ({ attempts, waitedMs }) => [
    once('LeaseExhausted'),
    value('LeaseAttempts', attempts),
    value('LeaseWait', waitedMs),
  ],
  'lease.lost': ({ lossCause }) => [{ name: 'LeaseLost', cause: lossCause, value: 1 }],
  'lease.released': ({ heldMs }) => [value('LeaseHoldTime', heldMs)],
  'lease.acquire-failed': () => [once('LeaseStoreFailures')],
  'lease.renewal-failed': () => [once('LeaseStoreFailures')],
  'lease.release-failed': ({ heldMs }) => [once('LeaseStoreFailures'), value('LeaseHoldTime', heldMs)],

  'commit.fence-rejected': () => [once('FenceRejections')],
  'commit.recovering': () => [once('CommitsRecovered')],
  'commit.copied': ({ records, bytes }) => [value('ArchivedRecords', records), value('ArchivedBytes', bytes)],
  'commit.ended': ({ outcome, durationMs }) => [value('CommitDuration', durationMs), ofOutcome(outcome)],

  'follow-up.asked': ({ step }) => [perStep('FollowUpModelCalls', step)],
  'follow-up.timeout': ({ step }) => [perStep('FollowUpTimeouts', step)],
  'follow-up.fallback': ({ step }) => [perStep('FollowUpFallbacks', step)],
  'follow-up.step': ({ step, durationMs, usage, redacted }) => [
    perStep('FollowUpStepDuration', step, durationMs),
    usage && perStep('ModelInputTokens', step, usage.inputTokens),
    usage && perStep('ModelOutputTokens', step, usage.outputTokens),
    redacted === undefined ? undefined : perStep('RedactedSecrets', step, redacted),
  ],
  'follow-up.rejected': ({ count }) => [value('MemoriesRejected', count)],
  'follow-up.merged': ({ created, updated, unchanged }) => [
    value('MemoriesWritten', created + updated),
    created + updated + unchanged === 0 ? once('CommitsWithoutMemory') : undefined,
  ],
  'follow-up.embedded': ({ durationMs }) => [perStep('FollowUpStepDuration', 'embedding', durationMs)],
  'follow-up.not-embedded': ({ durationMs }) => [
    perStep('FollowUpStepDuration', 'embedding', durationMs),
    once('EmbeddingsLeftOut'),
  ],
  'memory.not-embedded': () => [once('EmbeddingsLeftOut')],
  'search.by-words-alone': () => [once('SearchesByWordsAlone')],
  'follow-up.completed': ({ durationMs }) => [value('FollowUpDuration', durationMs)],

  'auto-commit.requested': ({ policyCause }) => [
    { name: 'AutoCommitRequested', cause: policyCause, value: 1 },
  ],
  'auto-commit.failed': () => [once('AutoCommitFailed')],
  'auto-commit.checked': ({ lagMs }) => [value('AutoCommitLag', lagMs)],

  'events.published': ({ count, lagMs }) => [value('EventsPublished', count), value('EventsLag', lagMs)],
  'events.failed': () => [once('EventsFailed')],
  'events.skipped': () => [once('EventsSkipped')],

  'queue.given-back': () => [once('GivenBack')],
  'queue.dead-lettered': () => [once('DeadLettered')],
  'queue.replayed': () => [once('Replayed')],

  'limits.rejected': () => [once('ConfigRejected')],
  'limits.unavailable': () => [once('ConfigUnavailable')],
  'api.failed': () => [once('ApiFailures')],
};

/** What an event measures. */
export function measurementsOf(event: ReportedEvent): readonly Measurement[] {
  if (!Object.hasOwn(measures, event.type)) return [];
  const measure = measures[event.type as EventType] as (event: ReportedEvent) => (Measurement | undefined)[];
  return measure(event).filter((one) => one !== undefined);
}

function ofOutcome(outcome: string): Measurement | undefined {
  const name = outcomes[outcome];
  return name && once(name);
}
