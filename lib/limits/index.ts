export { checkRelations, type Deployment } from './check-relations.ts';
export { defaultLimits } from './default-limits.ts';
export { InvalidLimitsError } from './errors.ts';
export { firstParameters, isAsDeployed } from './first-parameters.ts';
export { type LimitDefinition, limitDefinitions } from './limit-definitions.ts';
export { limitPattern } from './limit-pattern.ts';
export { limitVariable, limitVariablesIn } from './limit-variable.ts';
export type {
  ExhaustedPolicy,
  LeaseLimits,
  LimitName,
  LimitSettings,
  LimitSource,
  Limits,
  TimeoutPolicy,
} from './limits.ts';
export { type LimitsEvent, limitsSource } from './limits-source.ts';
export { SHUTDOWN_MARGIN_MS } from './margin.ts';
export { parseLimits } from './parse-limits.ts';
export { readParameters } from './read-parameters.ts';
export {
  type GivenLimits,
  givenLimits,
  limitsWithoutParameters,
  NOT_SET,
  resolveLimits,
} from './resolve-limits.ts';
