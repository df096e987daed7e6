/** What becomes of work whose lease stays busy: tried again later, sent to the dead-letter queue, or left out. */
export const exhaustedPolicies = ['retry-later', 'dead-letter', 'skip'] as const;
export type ExhaustedPolicy = (typeof exhaustedPolicies)[number];

/** What becomes of a model call whose time is up: tried again later, done by the offline model, or left out. */
export const timeoutPolicies = ['fail', 'fallback', 'skip'] as const;
export type TimeoutPolicy = (typeof timeoutPolicies)[number];

/** How a lease is held and waited for. */
export interface LeaseLimits {
  readonly ttlMs: number;
  readonly retryIntervalMs: number;
  readonly maxRetries: number;
  readonly acquireTimeoutMs: number;
  readonly onExhausted: ExhaustedPolicy;
}

/** Every bound that an operator can change while the system runs. */
export interface Limits {
  /** The lease on a session, held while it is committed. */
  readonly lease: LeaseLimits;
  /** The lease on a scope, held while memories are merged into it. */
  readonly memoryLease: LeaseLimits;
  readonly commit: { readonly deadlineMs: number };
  readonly followUp: {
    readonly deadlineMs: number;
    readonly summaryTimeoutMs: number;
    readonly extractionTimeoutMs: number;
    readonly onSummaryTimeout: TimeoutPolicy;
    readonly onExtractionTimeout: TimeoutPolicy;
  };
}

/** A limit by its full name, such as `lease.ttlMs`: what its SSM parameter is called. */
export type LimitName = {
  [Group in keyof Limits]: `${Group}.${keyof Limits[Group] & string}`;
}[keyof Limits];

/** The value of a limit. */
type LimitValue<Name extends LimitName> = Name extends `${infer Group extends keyof Limits}.${infer Field}`
  ? Limits[Group][Field & keyof Limits[Group]]
  : never;

/** Some limits, by name. */
export type LimitSettings = { readonly [Name in LimitName]?: LimitValue<Name> | undefined };

/**
 * Where a value came from: nobody set it, the deployment did, an operator's parameter, the function's environment, or the
 * last good set because parameters are out of reach or wrong.
 */
export type LimitSource = 'default' | 'deployment' | 'parameter' | 'environment' | 'last-good';

/** The limits in effect, each with where it came from. */
export interface ResolvedLimits extends Limits {
  readonly sources: Readonly<Record<LimitName, LimitSource>>;
}
