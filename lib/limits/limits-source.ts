import { isDeepStrictEqual } from 'node:util';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { type Clock, startDeadline, untilAborted } from '../clock/index.ts';
import type { Deployment } from './check-relations.ts';
import { InvalidLimitsError, LimitsUnavailableError } from './errors.ts';
import { limitDefinitions } from './limit-definitions.ts';
import type { LimitSource, ResolvedLimits } from './limits.ts';
import { readParameters } from './read-parameters.ts';
import { type GivenLimits, limitsWithoutParameters, resolveLimits } from './resolve-limits.ts';

/** A refresh that takes longer has failed: work must not wait long for limits that hardly ever change. */
const REFRESH_TIMEOUT_MS = 3_000;
/** After a refresh that failed, the next is tried this soon. */
const RETRY_AFTER_MS = 5_000;

export type LimitsEvent =
  /** Limits came into effect: the first, changed ones, or any after a refresh that failed. */
  | {
      readonly type: 'limits.loaded';
      readonly limits: ResolvedLimits;
      /** Parameters under the path that no limit is called by; they have no effect. */
      readonly unknown: readonly string[];
    }
  /** The last good limits stay in effect, or, before the first, the defaults. */
  | { readonly type: 'limits.rejected'; readonly problems: readonly string[] }
  | { readonly type: 'limits.unavailable'; readonly error: LimitsUnavailableError };

export interface LimitsSourceOptions {
  readonly ssm: SSMClient;
  /** Where the parameters are, such as `/commitlane/prod`. */
  readonly path: string;
  readonly deployment: Deployment;
  /** What the deployment and the function's environment set. */
  readonly set: Omit<GivenLimits, 'parameters'>;
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
 * They are taken as a set: a refresh that fails, takes longer than 3 s, or whose values are out of range or
 * contradict one another, changes nothing, and is repeated after 5 s. The last good limits stay in effect (before the
 * first good ones, what the deployment and the environment set, or, where that is wrong, the defaults), and the event says
 * why. The returned function never throws, and callers at the
 * same moment share one refresh.
 */
export function limitsSource(options: LimitsSourceOptions): () => Promise<ResolvedLimits> {
  const { clock, random, maxAgeMs = 60_000, onEvent } = options;
  let current = limitsWithoutParameters(options.set, options.deployment);
  let hasLoaded = false;
  let isCurrent = false;
  let refreshAtMs = Number.NEGATIVE_INFINITY;
  let refreshing: Promise<void> | undefined;

  async function refresh(): Promise<void> {
    try {
      const { limits: loaded, unknown } = await readLimits(options);
      refreshAtMs = clock.now() + maxAgeMs * (1 + random() / 10);
      const isNews = !isCurrent || !isDeepStrictEqual(loaded, current);
      current = loaded;
      hasLoaded = true;
      isCurrent = true;
      if (isNews) onEvent({ type: 'limits.loaded', limits: loaded, unknown });
    } catch (error) {
      refreshAtMs = clock.now() + RETRY_AFTER_MS;
      isCurrent = false;
      if (hasLoaded) current = { ...current, sources: sourcesBy(() => 'last-good') };
      onEvent(toEvent(error, options.path));
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

/**
 * A parameter that this version does not know is left out and reported: while a new version is rolled out, the old one
 * must not refuse the whole set for a limit that only the new one has.
 */
async function readLimits({
  ssm,
  path,
  deployment,
  set,
  clock,
}: LimitsSourceOptions): Promise<{ limits: ResolvedLimits; unknown: string[] }> {
  using deadline = startDeadline(
    clock,
    REFRESH_TIMEOUT_MS,
    () => new Error(`there was no answer in ${REFRESH_TIMEOUT_MS} ms`),
  );
  const values = await untilAborted(readParameters(ssm, path, deadline.signal), deadline.signal);
  const unknown = Object.keys(values).filter((name) => !limitDefinitions.some((one) => one.name === name));
  return { limits: resolveLimits({ ...set, parameters: values }, deployment), unknown };
}

function toEvent(error: unknown, path: string): LimitsEvent {
  if (error instanceof InvalidLimitsError) return { type: 'limits.rejected', problems: error.problems };
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    type: 'limits.unavailable',
    error: new LimitsUnavailableError(path, reason, { cause: error, afterMs: RETRY_AFTER_MS }),
  };
}

function sourcesBy(sourceOf: () => LimitSource): ResolvedLimits['sources'] {
  const sources = limitDefinitions.map(({ name }) => [name, sourceOf()]);
  return Object.fromEntries(sources) as ResolvedLimits['sources'];
}
