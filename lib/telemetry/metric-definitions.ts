/** How a metric is counted, and what it is divided by besides the stage. */
interface MetricDefinition {
  readonly unit: 'Count' | 'Milliseconds' | 'Bytes';
  readonly by?: 'step' | 'cause';
  readonly meaning: string;
}

export const NAMESPACE = 'Commitlane';

/** Every metric, in the namespace `Commitlane`. All have the dimension `stage`. */
export const metricDefinitions = {
  LeaseAcquired: { unit: 'Count', meaning: 'leases acquired' },
  LeaseAttempts: {
    unit: 'Count',
    meaning: 'attempts that it took to acquire a lease, or until the worker gave up',
  },
  LeaseWait: { unit: 'Milliseconds', meaning: 'time spent waiting for a lease' },
  LeaseBusy: { unit: 'Count', meaning: 'attempts that found the lease held by another worker' },
  LeaseExhausted: { unit: 'Count', meaning: 'leases given up after the last attempt' },
  LeaseTakeOvers: { unit: 'Count', meaning: 'expired leases taken over from a holder that died' },
  LeaseLost: { unit: 'Count', by: 'cause', meaning: 'leases lost while their work was running' },
  LeaseHoldTime: { unit: 'Milliseconds', meaning: 'from acquiring a lease to releasing it' },
  LeaseStoreFailures: { unit: 'Count', meaning: 'requests that the lease store did not answer' },
  FenceRejections: { unit: 'Count', meaning: 'writes of a superseded worker that the database refused' },

  CommitDuration: {
    unit: 'Milliseconds',
    meaning: 'one delivery of a commit, including the wait for the lease',
  },
  CommitsArchived: { unit: 'Count', meaning: 'commits that ended in an archive' },
  CommitsEmpty: { unit: 'Count', meaning: 'commits that found no live messages' },
  CommitsSkipped: { unit: 'Count', meaning: 'commits that were skipped because the session was busy' },
  CommitsRecovered: {
    unit: 'Count',
    meaning: 'unfinished archives that another delivery or commit finished',
  },
  ArchivedRecords: { unit: 'Count', meaning: 'records copied into an archive' },
  ArchivedBytes: { unit: 'Bytes', meaning: 'the uncompressed size of these records' },

  AutoCommitRequested: { unit: 'Count', by: 'cause', meaning: 'commits requested by policies of sessions' },
  AutoCommitFailed: {
    unit: 'Count',
    meaning: 'due commits that could not be requested, and sessions that could not be checked',
  },
  AutoCommitLag: {
    unit: 'Milliseconds',
    meaning: 'how long the most overdue session had waited to be checked',
  },

  FollowUpDuration: { unit: 'Milliseconds', meaning: 'one delivery of a follow-up that completed' },
  FollowUpStepDuration: { unit: 'Milliseconds', by: 'step', meaning: 'one step that was done or skipped' },
  FollowUpModelCalls: { unit: 'Count', by: 'step', meaning: 'requests to the model' },
  FollowUpTimeouts: { unit: 'Count', by: 'step', meaning: 'requests that the model did not answer in time' },
  FollowUpFallbacks: {
    unit: 'Count',
    by: 'step',
    meaning: 'requests that the offline model answered instead',
  },
  EmbeddingsLeftOut: {
    unit: 'Count',
    meaning: 'archives and entered memories that were not embedded, in part or as a whole, until a back-fill',
  },
  SearchesByWordsAlone: {
    unit: 'Count',
    meaning: 'searches whose query could not be embedded, or not looked up, in time',
  },
  ModelInputTokens: { unit: 'Count', by: 'step', meaning: 'tokens that the model read' },
  ModelOutputTokens: { unit: 'Count', by: 'step', meaning: 'tokens that the model wrote' },
  RedactedSecrets: {
    unit: 'Count',
    by: 'step',
    meaning:
      'secrets that placeholders replaced in what the model gave, and with `redact` `model` in what it was asked',
  },
  MemoriesRejected: { unit: 'Count', meaning: 'memories from the model that could not be used' },
  MemoriesWritten: { unit: 'Count', meaning: 'memories that were created or updated' },
  CommitsWithoutMemory: {
    unit: 'Count',
    meaning: 'archives whose extraction found no memory',
  },

  EventsPublished: { unit: 'Count', meaning: 'events that the bus took, repetitions included' },
  EventsLag: { unit: 'Milliseconds', meaning: 'from a write to the publication of its events' },
  EventsFailed: {
    unit: 'Count',
    meaning: 'batches of writes that could not be published whole, and come again',
  },
  EventsSkipped: { unit: 'Count', meaning: 'writes whose events could not be told' },

  GivenBack: { unit: 'Count', meaning: 'deliveries that failed and will be retried' },
  DeadLettered: { unit: 'Count', meaning: 'messages that a function moved to the dead-letter queue' },
  Replayed: { unit: 'Count', meaning: 'dead letters that were replayed and delivered' },

  ConfigRejected: { unit: 'Count', meaning: 'refreshes that found invalid limits' },
  ConfigUnavailable: { unit: 'Count', meaning: 'refreshes that could not read the limits' },
  ApiFailures: { unit: 'Count', meaning: 'requests answered with 500 or above' },
} as const satisfies Readonly<Record<string, MetricDefinition>>;

export type MetricName = keyof typeof metricDefinitions;
