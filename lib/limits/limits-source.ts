import { GetParametersByPathCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { Clock } from '../clock/index.ts';
import { checkRelations, type Deployment } from './check-relations.ts';
import { defaultLimits } from './default-limits.ts';
import { InvalidLimitsError } from './errors.ts';
import type { Limits } from './limits.ts';
import { parseLimits } from './parse-limits.ts';

/** Parameters come ten at a time; there are fewer than twenty. */
const MAX_PAGES = 5;
/** After a refresh that failed, the next is tried this soon. */
const RETRY_AFTER_MS = 5_000;

export type LimitsEvent =
  | { readonly type: 'limits.loaded'; readonly limits: Limits }
  /** The last good limits stay in effect, or, before the first, the defaults. */
  | { readonly type: 'limits.rejected'; readonly problems: readonly string[] }
  | { readonly type: 'limits.unavailable'; readonly error: unknown };

export interface LimitsSourceOptions {
  readonly ssm: SSMClient;
  /** Where the parameters are, such as `/commitlane/prod`. */
  readonly path: string;
  readonly deployment: Deployment;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** How long limits are used before they are read again; each time up to a tenth longer, at random. Default 60 000. */
  readonly maxAgeMs?: number;
  readonly onEvent: (event: LimitsEvent) => void;
}

/**
 * The limits in effect, read from SSM parameters and kept for a while.
 *
 * They are taken as a set: a refresh that fails, or whose values are out of range or contradict one another, changes
 * nothing. The last good limits stay in effect (before the first good ones, the defaults), and the event says why.
 * The returned function never throws, and callers at the same moment share one refresh.
 */
export function limitsSource(options: LimitsSourceOptions): () => Promise<Limits> {
  const { clock, random, maxAgeMs = 60_000, onEvent } = options;
  let current: Limits = defaultLimits;
  let refreshAtMs = Number.NEGATIVE_INFINITY;
  let refreshing: Promise<void> | undefined;

  async function refresh(): Promise<void> {
    try {
      current = await readLimits(options);
      refreshAtMs = clock.now() + maxAgeMs * (1 + random() / 10);
      onEvent({ type: 'limits.loaded', limits: current });
    } catch (error) {
      refreshAtMs = clock.now() + RETRY_AFTER_MS;
      onEvent(
        error instanceof InvalidLimitsError
          ? { type: 'limits.rejected', problems: error.problems }
          : { type: 'limits.unavailable', error },
      );
    }
  }

  return async () => {
    if (clock.now() >= refreshAtMs) {
      refreshing ??= refresh().finally(() => {
        refreshing = undefined;
      });
      await refreshing;
    }
    return current;
  };
}

async function readLimits({ ssm, path, deployment }: LimitsSourceOptions): Promise<Limits> {
  const limits = parseLimits(await readParameters(ssm, path));
  const problems = checkRelations(limits, deployment);
  if (problems.length > 0) throw new InvalidLimitsError(problems);
  return limits;
}

async function readParameters(ssm: SSMClient, path: string): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  let NextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await ssm.send(
      new GetParametersByPathCommand({ Path: path, Recursive: true, ...(NextToken && { NextToken }) }),
    );
    for (const { Name = '', Value = '' } of answer.Parameters ?? [])
      values[Name.slice(path.length + 1)] = Value;
    NextToken = answer.NextToken;
    if (NextToken === undefined) return values;
  }
  throw new Error(`there are more than ${MAX_PAGES} pages of parameters under ${path}`);
}
