import { defaultLimits } from './default-limits.ts';
import { exhaustedPolicies, type LimitName, type Limits, timeoutPolicies } from './limits.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

interface IntegerRow {
  readonly kind: 'integer';
  readonly description: string;
  readonly unit: 'ms' | 'retries';
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

interface ChoiceRow<Choice extends string = string> {
  readonly kind: 'choice';
  readonly description: string;
  readonly default: Choice;
  readonly choices: readonly Choice[];
}

type RowOf<Value> = [Value] extends [string] ? ChoiceRow<Value> : IntegerRow;
type RowsOf<Fields> = { readonly [Field in keyof Fields]: RowOf<Fields[Field]> };

/** One limit, as its SSM parameter shows and checks it. */
export type LimitDefinition = { readonly name: LimitName } & (IntegerRow | ChoiceRow);

const MS = { kind: 'integer', unit: 'ms' } as const;

function leaseRows(name: 'lease' | 'memoryLease', of: string): RowsOf<Limits[typeof name]> {
  const defaults = defaultLimits[name];
  return {
    ttlMs: {
      ...MS,
      description: `How soon a dead holder of the lease on ${of} is replaced; a living one renews every third of it`,
      default: defaults.ttlMs,
      min: 1 * SECOND,
      max: 5 * MINUTE,
    },
    retryIntervalMs: {
      ...MS,
      description: `The longest wait between two attempts to get the lease on ${of}; the wait itself is random`,
      default: defaults.retryIntervalMs,
      min: 10,
      max: 10 * SECOND,
    },
    maxRetries: {
      kind: 'integer',
      unit: 'retries',
      description: `Attempts to get the lease on ${of} after the first; 0 means one attempt`,
      default: defaults.maxRetries,
      min: 0,
      max: 1_000,
    },
    acquireTimeoutMs: {
      ...MS,
      description: `From the first attempt to get the lease on ${of} to the last`,
      default: defaults.acquireTimeoutMs,
      min: 100,
      max: 2 * MINUTE,
    },
    onExhausted: {
      kind: 'choice',
      description: `What becomes of work that does not get the lease on ${of}`,
      default: defaults.onExhausted,
      choices: exhaustedPolicies,
    },
  };
}

/** One row per limit, in the shape of `Limits`: the compiler misses a limit that has none. */
const rows: { readonly [Group in keyof Limits]: RowsOf<Limits[Group]> } = {
  lease: leaseRows('lease', 'a session'),
  memoryLease: leaseRows('memoryLease', "a scope's memories"),
  commit: {
    deadlineMs: {
      ...MS,
      description:
        'The whole of a commit, from its delivery to the end of clearing; independent of the lease',
      default: defaultLimits.commit.deadlineMs,
      min: 1 * SECOND,
      max: 9 * MINUTE,
    },
  },
  followUp: {
    deadlineMs: {
      ...MS,
      description: 'The whole of a follow-up: summary, extraction and merge',
      default: defaultLimits.followUp.deadlineMs,
      min: 1 * SECOND,
      max: 14 * MINUTE,
    },
    summaryTimeoutMs: {
      ...MS,
      description: 'One attempt at a summary',
      default: defaultLimits.followUp.summaryTimeoutMs,
      min: 100,
      max: 13 * MINUTE,
    },
    extractionTimeoutMs: {
      ...MS,
      description: 'One attempt at extracting memories',
      default: defaultLimits.followUp.extractionTimeoutMs,
      min: 100,
      max: 13 * MINUTE,
    },
    onSummaryTimeout: {
      kind: 'choice',
      description: 'What becomes of a summary whose time is up',
      default: defaultLimits.followUp.onSummaryTimeout,
      choices: timeoutPolicies,
    },
    onExtractionTimeout: {
      kind: 'choice',
      description: 'What becomes of an extraction whose time is up',
      default: defaultLimits.followUp.onExtractionTimeout,
      choices: timeoutPolicies,
    },
  },
};

/**
 * Every limit with its default and its range; `0` never means unlimited. The maxima of the deadlines must fit the
 * functions' timeouts: the stack checks that they do.
 */
export const limitDefinitions: readonly LimitDefinition[] = Object.entries(rows).flatMap(([group, fields]) =>
  Object.entries<IntegerRow | ChoiceRow>(fields).map(([field, row]) => ({
    ...row,
    name: `${group}.${field}` as LimitName,
  })),
);
