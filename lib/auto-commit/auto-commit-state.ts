import type { Amount, AutoCommitPolicy, SessionMeta } from '../session/index.ts';

/** Why a session is committed without being asked. */
export type AutoCommitReason = 'message-count' | 'pending-tokens' | 'idle';

/** What decides when a session with a policy is committed next. */
export interface AutoCommitState {
  readonly policy: AutoCommitPolicy;
  /** Appended since the last commit was asked for; an append that is repeated counts again. */
  readonly pending: Amount;
  /** Before this moment, no commit is asked for; 0 when there is nothing to wait for. */
  readonly notBeforeMs: number;
  /** When the session is checked next; absent when no check is scheduled. */
  readonly checkAtMs?: number;
}

/** Undefined for a session without a policy. */
export function autoCommitStateOf(meta: SessionMeta): AutoCommitState | undefined {
  const { autoCommit: policy, requested, appendedMessages, appendedTokens, checkAtMs } = meta;
  if (!policy) return undefined;
  return {
    policy,
    pending: {
      messages: appendedMessages - (requested?.appended.messages ?? 0),
      tokens: appendedTokens - (requested?.appended.tokens ?? 0),
    },
    notBeforeMs: requested ? requested.requestedAtMs + policy.minIntervalSeconds * 1000 : 0,
    ...(checkAtMs !== undefined && { checkAtMs }),
  };
}
