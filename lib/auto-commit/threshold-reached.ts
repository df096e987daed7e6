import type { Amount, AutoCommitPolicy } from '../session/index.ts';
import type { AutoCommitReason } from './auto-commit-state.ts';

type Threshold = Exclude<AutoCommitReason, 'idle'>;

/** Which threshold of a policy an amount has reached; the number of messages comes first. */
export function thresholdReached(
  { messageCount, pendingTokens }: AutoCommitPolicy,
  { messages, tokens }: Amount,
): Threshold | undefined {
  if (messageCount !== null && messages >= messageCount) return 'message-count';
  if (pendingTokens !== null && tokens >= pendingTokens) return 'pending-tokens';
  return undefined;
}

/**
 * Which threshold an append has crossed, or a multiple of it. Positions and amounts are handed out together, so
 * exactly one append crosses each; should its request be lost, the next multiple asks again.
 *
 * @param pending with what the append added.
 */
export function thresholdCrossed(
  { messageCount, pendingTokens }: AutoCommitPolicy,
  pending: Amount,
  added: Amount,
): Threshold | undefined {
  const crosses = (threshold: number | null, after: number, more: number) =>
    threshold !== null && Math.floor(after / threshold) > Math.floor((after - more) / threshold);
  if (crosses(messageCount, pending.messages, added.messages)) return 'message-count';
  if (crosses(pendingTokens, pending.tokens, added.tokens)) return 'pending-tokens';
  return undefined;
}
