import {
  checkRelations,
  type Deployment,
  InvalidLimitsError,
  type LimitName,
  limitDefinitions,
  parseLimits,
  readParameters,
} from '../../lib/limits/index.ts';
import { deploymentOf, type Target } from '../target/index.ts';

/** The limits of a stack, as their parameters have them. */
export interface StoredLimits {
  /** By name, as text; a limit that has no parameter is missing. */
  readonly values: Readonly<Record<string, string>>;
  /** Parameters under the path that are no limits of this version: functions leave them out, and say so. */
  readonly unknown: readonly string[];
  /** What is wrong with them as a set; while there is anything, functions keep to what they had before. */
  readonly problems: readonly string[];
  readonly deployment: Deployment;
}

/** A function gives up sooner; here somebody is waiting for the answer. */
const TIMEOUT_MS = 20_000;

export async function storedLimits({ ssm, outputs }: Target, signal: AbortSignal): Promise<StoredLimits> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  const stored = Object.entries(await readParameters(ssm, outputs.LimitsPath, bounded));
  const isLimit = ([name]: readonly [string, string]) =>
    limitDefinitions.some((definition) => definition.name === name);
  const values = Object.fromEntries(stored.filter(isLimit));
  const unknown = stored.filter((one) => !isLimit(one)).map(([name]) => name);
  const deployment = deploymentOf(outputs);
  return { values, unknown, problems: problemsOf(values, deployment), deployment };
}

/** What is wrong with a set of limits on a deployment; nothing when functions would take it. */
export function problemsOf(
  values: Readonly<Record<string, string>>,
  deployment: Deployment,
): readonly string[] {
  try {
    return checkRelations(parseLimits(values), deployment);
  } catch (error) {
    if (error instanceof InvalidLimitsError) return error.problems;
    throw error;
  }
}

/** A limit's default, as text. */
export function defaultOf(name: LimitName): string {
  return String(limitDefinitions.find((definition) => definition.name === name)?.default);
}
