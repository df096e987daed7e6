import { checkRelations, type Deployment } from './check-relations.ts';
import { InvalidLimitsError } from './errors.ts';
import { limitDefinitions } from './limit-definitions.ts';
import { limitVariable } from './limit-variable.ts';
import type { LimitName, LimitSource, ResolvedLimits } from './limits.ts';
import { parseLimits } from './parse-limits.ts';

/** What a parameter says that is there, but sets nothing any more: its history stays. */
export const NOT_SET = 'default';

/** What is set, by limit, as text. A later one of these counts before an earlier one. */
export interface GivenLimits {
  /** When the stack was deployed. */
  readonly deployed: Readonly<Record<string, string>>;
  /** By an operator, while it runs; `default` sets nothing. */
  readonly parameters: Readonly<Record<string, string>>;
  /** On the function itself, in an emergency: its environment, with whatever else is in there. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** One limit, as text. */
export interface GivenLimit {
  readonly value: string;
  readonly source: LimitSource;
}

/**
 * The limits that hold, each with where it came from: a function's environment counts before a parameter, that before
 * the deployment, and that before the default. Names that are no limits are left out.
 */
export function givenLimits({
  deployed,
  parameters,
  variables,
}: GivenLimits): ReadonlyMap<LimitName, GivenLimit> {
  return new Map(
    limitDefinitions.map(({ name, default: byDefault }): [LimitName, GivenLimit] => {
      const variable = variables[limitVariable(name)];
      if (variable !== undefined) return [name, { value: variable, source: 'environment' }];
      const parameter = parameters[name];
      if (parameter !== undefined && parameter !== NOT_SET)
        return [name, { value: parameter, source: 'parameter' }];
      const atDeployment = deployed[name];
      if (atDeployment !== undefined) return [name, { value: atDeployment, source: 'deployment' }];
      return [name, { value: String(byDefault), source: 'default' }];
    }),
  );
}

/**
 * Makes one set of what is given.
 *
 * @throws InvalidLimitsError naming all that is out of range, and all that contradicts other limits or the deployment.
 */
export function resolveLimits(given: GivenLimits, deployment: Deployment): ResolvedLimits {
  const limits = resolved(given);
  const problems = checkRelations(limits, deployment);
  if (problems.length > 0) throw new InvalidLimitsError(problems);
  return limits;
}

/**
 * The limits while parameters cannot be read or are wrong, and no good set is known: what the deployment and the
 * environment set, or, where that is wrong, the defaults.
 */
export function limitsWithoutParameters(
  set: Omit<GivenLimits, 'parameters'>,
  deployment: Deployment,
): ResolvedLimits {
  const nothing = { deployed: {}, parameters: {}, variables: {} };
  try {
    return resolveLimits({ ...set, parameters: {} }, deployment);
  } catch (error) {
    if (!(error instanceof InvalidLimitsError)) throw error;
    return resolved(nothing);
  }
}

function resolved(given: GivenLimits): ResolvedLimits {
  const all = [...givenLimits(given)];
  const limits = parseLimits(Object.fromEntries(all.map(([name, { value }]) => [name, value])));
  // There is one of each limit.
  const sources = Object.fromEntries(
    all.map(([name, { source }]) => [name, source]),
  ) as ResolvedLimits['sources'];
  return { ...limits, sources };
}
