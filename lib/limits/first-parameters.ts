/**
 * The parameters that stacks are deployed with, and what they say then: the defaults of the first version. Whatever
 * the defaults are now, one that nobody has written since sets nothing.
 */
export const firstParameters = {
  'lease.ttlMs': '30000',
  'lease.retryIntervalMs': '200',
  'lease.maxRetries': '10',
  'lease.acquireTimeoutMs': '60000',
  'lease.onExhausted': 'retry-later',
  'memoryLease.ttlMs': '30000',
  'memoryLease.retryIntervalMs': '200',
  'memoryLease.maxRetries': '10',
  'memoryLease.acquireTimeoutMs': '60000',
  'memoryLease.onExhausted': 'retry-later',
  'commit.deadlineMs': '300000',
  'followUp.deadlineMs': '600000',
  'followUp.summaryTimeoutMs': '120000',
  'followUp.extractionTimeoutMs': '180000',
  'followUp.onSummaryTimeout': 'fail',
  'followUp.onExtractionTimeout': 'fail',
} as const;

/** @param version as SSM counts: 1 is what the deployment wrote. */
export function isAsDeployed(name: string, value: string, version: number): boolean {
  const known: Readonly<Record<string, string>> = firstParameters;
  return version === 1 && Object.hasOwn(known, name) && known[name] === value;
}
