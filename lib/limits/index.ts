export { checkRelations, type Deployment } from './check-relations.ts';
export { defaultLimits } from './default-limits.ts';
export { InvalidLimitsError } from './errors.ts';
export { type LimitDefinition, limitDefinitions } from './limit-definitions.ts';
export { limitPattern } from './limit-pattern.ts';
export type {
  ExhaustedPolicy,
  LeaseLimits,
  LimitName,
  Limits,
  TimeoutPolicy,
} from './limits.ts';
export { type LimitsEvent, limitsSource } from './limits-source.ts';
export { SHUTDOWN_MARGIN_MS } from './margin.ts';
export { parseLimits } from './parse-limits.ts';
export { readParameters } from './read-parameters.ts';
