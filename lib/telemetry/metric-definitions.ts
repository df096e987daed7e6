/** How a metric is counted, and what it is divided by besides the stage. */
interface MetricDefinition {
  readonly unit: 'Count' | 'Milliseconds' | 'Bytes';
  readonly by?: 'step' | 'cause';
  readonly meaning: string;
}

export const NAMESPACE = 'Commitlane';

/** Every metric, in the namespace `Commitlane`. All have the dimension `stage`. */
export const metricDefinitions = {
  LeaseAcquired: { unit: 'Count', meaning: 'leases that were got' },
  LeaseAttempts: { unit: 'Count', meaning: 'how often a lease was asked for until it was got or given up' },
  LeaseWait: { unit: 'Milliseconds', meaning: 'how long a lease was waited for' },
  LeaseBusy: { unit: 'Count', meaning: 'attempts that found somebody else holding the lease' },
  LeaseExhausted: { unit: 'Count', meaning: 'leases that were given up after the last attempt' },
  LeaseTakeOvers: { unit: 'Count', meaning: 'expired leases that were taken over: their holder died' },
  LeaseLost: { unit: 'Count', by: 'cause', meaning: 'leases that were lost while their work was running' },
  LeaseHoldTime: { unit: 'Milliseconds', meaning: 'from getting a lease to releasing it' },
  LeaseStoreFailures: { unit: 'Count', meaning: 'requests that the lease store did not answer' },
  FenceRejections: { unit: 'Count', meaning: 'writes of a superseded worker that the database refused' },

  CommitDuration: {
    unit: 'Milliseconds',
    meaning: 'one delivery of a commit, waiting for the lease included',
  },
  CommitsArchived: { unit: 'Count', meaning: 'commits that ended in an archive' },
  CommitsEmpty: { unit: 'Count', meaning: 'commits that found nothing to take' },
  CommitsSkipped: { unit: 'Count', meaning: 'commits that were left out because the session was busy' },
  CommitsRecovered: {
    unit: 'Count',
    meaning: 'unfinished archives that another delivery or commit finished',
  },
  ArchivedRecords: { unit: 'Count', meaning: 'records that were copied into an archive' },
  ArchivedBytes: { unit: 'Bytes', meaning: 'their size, uncompressed' },

  AutoCommitRequested: { unit: 'Count', by: 'cause', meaning: 'commits that policies of sessions asked for' },
  AutoCommitFailed: {
    unit: 'Count',
    meaning: 'commits by policy that could not be asked for, and sessions that could not be checked',
  },
  AutoCommitLag: {
    unit: 'Milliseconds',
    meaning: 'how long the check that was due the longest had waited',
  },

  FollowUpDuration: { unit: 'Milliseconds', meaning: 'one delivery of a follow-up that completed' },
  FollowUpStepDuration: { unit: 'Milliseconds', by: 'step', meaning: 'one step that was done or left out' },
  FollowUpModelCalls: { unit: 'Count', by: 'step', meaning: 'questions to the model' },
  FollowUpTimeouts: { unit: 'Count', by: 'step', meaning: 'questions that the model did not answer in time' },
  FollowUpFallbacks: {
    unit: 'Count',
    by: 'step',
    meaning: 'questions that the offline model answered instead',
  },
  ModelInputTokens: { unit: 'Count', by: 'step', meaning: 'tokens that the model read' },
  ModelOutputTokens: { unit: 'Count', by: 'step', meaning: 'tokens that the model wrote' },
  MemoriesRejected: { unit: 'Count', meaning: 'memories of a model that could not be used' },
  MemoriesWritten: { unit: 'Count', meaning: 'memories that were created or updated' },
  CommitsWithoutMemory: {
    unit: 'Count',
    meaning: 'archives that yielded no memory, though some were asked for',
  },

  GivenBack: { unit: 'Count', meaning: 'deliveries that failed and come again' },
  DeadLettered: { unit: 'Count', meaning: 'messages that a function moved to the dead-letter queue' },
  Replayed: { unit: 'Count', meaning: 'dead letters that were sent back and delivered' },

  ConfigRejected: { unit: 'Count', meaning: 'refreshes that found limits that are wrong' },
  ConfigUnavailable: { unit: 'Count', meaning: 'refreshes that could not read the limits' },
  ApiFailures: { unit: 'Count', meaning: 'requests that were answered with 500 or above' },
} as const satisfies Readonly<Record<string, MetricDefinition>>;

export type MetricName = keyof typeof metricDefinitions;
