import { defaultLimits } from './default-limits.ts';
import { exhaustedPolicies, timeoutPolicies } from './limits.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** One limit, as its SSM parameter shows and checks it. */
export type LimitDefinition = { readonly name: string; readonly description: string } & (
  | {
      readonly kind: 'integer';
      readonly unit: 'ms' | 'retries';
      readonly default: number;
      readonly min: number;
      readonly max: number;
    }
  | { readonly kind: 'choice'; readonly default: string; readonly choices: readonly string[] }
);

function leaseDefinitions(name: 'lease' | 'memoryLease', of: string): LimitDefinition[] {
  const defaults = defaultLimits[name];
  return [
    {
      name: `${name}.ttlMs`,
      description: `How soon a dead holder of the lease on ${of} is replaced; a living one renews every third of it`,
      kind: 'integer',
      unit: 'ms',
      default: defaults.ttlMs,
      min: 1 * SECOND,
      max: 5 * MINUTE,
    },
    {
      name: `${name}.retryIntervalMs`,
      description: `The longest wait between two attempts to get the lease on ${of}; the wait itself is random`,
      kind: 'integer',
      unit: 'ms',
      default: defaults.retryIntervalMs,
      min: 10,
      max: 10 * SECOND,
    },
    {
      name: `${name}.maxRetries`,
      description: `Attempts to get the lease on ${of} after the first; 0 means one attempt`,
      kind: 'integer',
      unit: 'retries',
      default: defaults.maxRetries,
      min: 0,
      max: 1_000,
    },
    {
      name: `${name}.acquireTimeoutMs`,
      description: `From the first attempt to get the lease on ${of} to the last`,
      kind: 'integer',
      unit: 'ms',
      default: defaults.acquireTimeoutMs,
      min: 100,
      max: 2 * MINUTE,
    },
    {
      name: `${name}.onExhausted`,
      description: `What becomes of work that does not get the lease on ${of}`,
      kind: 'choice',
      default: defaults.onExhausted,
      choices: exhaustedPolicies,
    },
  ];
}

/** Every limit with its default and its range. The maxima of the deadlines must fit the functions' timeouts. */
export const limitDefinitions: readonly LimitDefinition[] = [
  ...leaseDefinitions('lease', 'a session'),
  ...leaseDefinitions('memoryLease', "a scope's memories"),
  {
    name: 'commit.deadlineMs',
    description: 'The whole of a commit, from its delivery to the end of clearing; independent of the lease',
    kind: 'integer',
    unit: 'ms',
    default: defaultLimits.commit.deadlineMs,
    min: 1 * SECOND,
    max: 9 * MINUTE,
  },
  {
    name: 'followUp.deadlineMs',
    description: 'The whole of a follow-up: summary, extraction and merge',
    kind: 'integer',
    unit: 'ms',
    default: defaultLimits.followUp.deadlineMs,
    min: 1 * SECOND,
    max: 14 * MINUTE,
  },
  {
    name: 'followUp.summaryTimeoutMs',
    description: 'One attempt at a summary',
    kind: 'integer',
    unit: 'ms',
    default: defaultLimits.followUp.summaryTimeoutMs,
    min: 100,
    max: 13 * MINUTE,
  },
  {
    name: 'followUp.extractionTimeoutMs',
    description: 'One attempt at extracting memories',
    kind: 'integer',
    unit: 'ms',
    default: defaultLimits.followUp.extractionTimeoutMs,
    min: 100,
    max: 13 * MINUTE,
  },
  {
    name: 'followUp.onSummaryTimeout',
    description: 'What becomes of a summary whose time is up',
    kind: 'choice',
    default: defaultLimits.followUp.onSummaryTimeout,
    choices: timeoutPolicies,
  },
  {
    name: 'followUp.onExtractionTimeout',
    description: 'What becomes of an extraction whose time is up',
    kind: 'choice',
    default: defaultLimits.followUp.onExtractionTimeout,
    choices: timeoutPolicies,
  },
];
