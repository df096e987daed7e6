import type { NewMessage, SessionKey } from '../session/index.ts';
import { type AppendResult, appendMessages } from '../session-log/index.ts';
import type { AutoCommitContext } from './auto-commit-context.ts';
import { requestDueCommit } from './request-due-commit.ts';

export interface AppendOutcome extends Omit<AppendResult, 'due'> {
  /** The commit that this append made due, by the session's policy. */
  readonly autoCommit?: { readonly commitId: string };
}

/**
 * Appends messages, as `appendMessages` does, then asks for the commit that they make due. A commit that cannot be
 * asked for is reported and not an error: the messages are stored, and the next look at the session asks again.
 */
export async function appendAndCommit(
  context: AutoCommitContext,
  key: SessionKey,
  messages: readonly NewMessage[],
  idempotencyKey?: string,
): Promise<AppendOutcome> {
  const { due, ...appended } = await appendMessages(context, key, messages, idempotencyKey);
  if (!due) return appended;
  try {
    return { ...appended, autoCommit: { commitId: await requestDueCommit(context, key, due) } };
  } catch (error) {
    context.onEvent({ type: 'auto-commit.failed', ...key, error });
    return appended;
  }
}
