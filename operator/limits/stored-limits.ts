import {
  type Deployment,
  type GivenLimits,
  InvalidLimitsError,
  type Limits,
  limitDefinitions,
  limitsWithoutParameters,
  readParameters,
  resolveLimits,
} from '../../lib/limits/index.ts';
import { deploymentOf, type Target } from '../target/index.ts';

/** The limits of a stack, as they are set. */
export interface StoredLimits {
  /** What the deployment, operators and the environments of functions set. */
  readonly given: GivenLimits;
  /** Parameters under the path that are no limits of this version: functions leave them out, and say so. */
  readonly unknown: readonly string[];
  /** Why the environments of functions could not be looked at: `given` has nothing of them then. */
  readonly unseen?: string;
  /** What is wrong with them as a set; while there is anything, functions keep to what they had before. */
  readonly problems: readonly string[];
  /** What a function has that begins now. */
  readonly limits: Limits;
  readonly deployment: Deployment;
}

/** A function gives up sooner; here somebody is waiting for the answer. */
const TIMEOUT_MS = 20_000;

/** @throws what the parameter store or Lambda throws, or the signal's reason. */
export async function storedLimits(target: Target, signal: AbortSignal): Promise<StoredLimits> {
  const { ssm, outputs } = target;
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  const [stored, environments] = await Promise.all([
    readParameters(ssm, outputs.LimitsPath, bounded),
    variablesOf(target, bounded),
  ]);
  const isLimit = (name: string) => limitDefinitions.some((definition) => definition.name === name);
  const parameters = Object.fromEntries(Object.entries(stored).filter(([name]) => isLimit(name)));
  const unknown = Object.keys(stored).filter((name) => !isLimit(name));
  const { unseen, variables = {} } = environments;
  const given = { deployed: outputs.LimitsAtDeployment, parameters, variables };
  const deployment = deploymentOf(outputs);
  const problems = problemsOf(given, deployment);
  const limits = (problems.length === 0 ? resolveLimits : limitsWithoutParameters)(given, deployment);
  return { given, unknown, ...(unseen !== undefined && { unseen }), problems, limits, deployment };
}

/** Operators may have a role that cannot look at functions; they need parameters all the same. */
async function variablesOf(
  target: Target,
  signal: AbortSignal,
): Promise<{ readonly variables?: Readonly<Record<string, string>>; readonly unseen?: string }> {
  try {
    return { variables: await target.limitVariables(signal) };
  } catch (error) {
    signal.throwIfAborted();
    return { unseen: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

/** What is wrong with a set of limits on a deployment; nothing when functions would take it. */
export function problemsOf(given: GivenLimits, deployment: Deployment): readonly string[] {
  try {
    resolveLimits(given, deployment);
    return [];
  } catch (error) {
    if (error instanceof InvalidLimitsError) return error.problems;
    throw error;
  }
}
