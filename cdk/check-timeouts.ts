import { checkRelations, limitDefinitions, parseLimits, SHUTDOWN_MARGIN_MS } from '../lib/limits/index.ts';
import type { Settings } from './settings.ts';

/** AWS asks for a visibility timeout of six times the function's, so that throttled batches are not lost to retries. */
const VISIBILITY_PER_TIMEOUT = 6;

export interface Timeouts {
  readonly commitTimeoutMs: number;
  readonly followUpTimeoutMs: number;
  readonly commitVisibilityMs: number;
  readonly followUpVisibilityMs: number;
  readonly maxReceiveCount: number;
}

/** The timeouts that a deployment's settings ask for. */
export function timeoutsOf(settings: Settings): Timeouts {
  const commitTimeoutMs = settings.commitTimeoutSeconds * 1000;
  const followUpTimeoutMs = settings.followUpTimeoutSeconds * 1000;
  return {
    commitTimeoutMs,
    followUpTimeoutMs,
    commitVisibilityMs: VISIBILITY_PER_TIMEOUT * commitTimeoutMs,
    followUpVisibilityMs: VISIBILITY_PER_TIMEOUT * followUpTimeoutMs,
    maxReceiveCount: settings.maxReceiveCount,
  };
}

/**
 * What contradicts what among the timeouts of a deployment, its limits, and the most that an operator may set a deadline
 * to; empty when all is well.
 *
 * @param limits those that the deployment sets, in range; the others have their defaults.
 */
export function checkTimeouts(timeouts: Timeouts, limits: Settings['limits'] = {}): string[] {
  const { commitTimeoutMs, followUpTimeoutMs, commitVisibilityMs, followUpVisibilityMs } = timeouts;
  return [
    ...checkVisibility('commit', commitTimeoutMs, commitVisibilityMs),
    ...checkVisibility('follow-up', followUpTimeoutMs, followUpVisibilityMs),
    ...checkMaximum('commit.deadlineMs', 'commit', commitTimeoutMs),
    ...checkMaximum('followUp.deadlineMs', 'follow-up', followUpTimeoutMs),
    ...checkRelations(parseLimits(limits), {
      commitFunctionTimeoutMs: commitTimeoutMs,
      followUpFunctionTimeoutMs: followUpTimeoutMs,
      marginMs: SHUTDOWN_MARGIN_MS,
      maxReceiveCount: timeouts.maxReceiveCount,
    }),
  ];
}

function checkVisibility(name: string, timeoutMs: number, visibilityMs: number): string[] {
  const neededMs = VISIBILITY_PER_TIMEOUT * timeoutMs;
  if (visibilityMs >= neededMs) return [];
  return [
    `the ${name} queue's visibility timeout (${visibilityMs} ms) must be at least ${VISIBILITY_PER_TIMEOUT} times ` +
      `the ${name} function's timeout (${timeoutMs} ms): ${neededMs} ms`,
  ];
}

function checkMaximum(limit: string, name: string, timeoutMs: number): string[] {
  const definition = limitDefinitions.find((candidate) => candidate.name === limit);
  if (definition?.kind !== 'integer') throw new Error(`there is no numeric limit ${limit}`);
  if (definition.max < timeoutMs - SHUTDOWN_MARGIN_MS) return [];
  return [
    `${limit} may be set to ${definition.max} ms, which must be less than the ${name} function's timeout minus the ` +
      `margin (${timeoutMs} - ${SHUTDOWN_MARGIN_MS} ms): raise the setting ${name === 'commit' ? 'commit' : 'followUp'}TimeoutSeconds`,
  ];
}
