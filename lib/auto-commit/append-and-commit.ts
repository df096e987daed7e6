import { isInsideTurn } from '../commit/index.ts';
import type { NewMessage, SessionKey } from '../session/index.ts';
import { type AppendResult, appendMessages } from '../session-log/index.ts';
import type { AutoCommitContext } from './auto-commit-context.ts';
import { requestWantedCommit } from './request-wanted-commit.ts';
import { scheduleChecks } from './schedule-checks.ts';

export interface AppendOutcome extends AppendResult {
  /** The commit that the session's policy wanted after this append. */
  readonly autoCommit?: { readonly commitId: string };
}

/**
 * Appends messages, as `appendMessages` does, then asks for the commit that the session's policy wants of them. The
 * first append of a session with a policy, and one after which it wants a commit, take one more request. A commit that
 * cannot be asked for is reported and not an error: the messages are stored, and the next check of the session asks again.
 */
export async function appendAndCommit(
  context: AutoCommitContext,
  key: SessionKey,
  messages: readonly NewMessage[],
  idempotencyKey?: string,
): Promise<AppendOutcome> {
  const checks = scheduleChecks(context, key);
  const { onPosition } = checks;
  const options = { onPosition, ...(idempotencyKey !== undefined && { idempotencyKey }) };
  const appended = await appendMessages(context, key, messages, options);
  const { wanted } = checks;
  if (!wanted) return appended;
  try {
    const commitId = await requestWantedCommit(context, key, {
      ...wanted,
      isInsideTurn: isInsideTurn(messages),
    });
    return { ...appended, ...(commitId !== undefined && { autoCommit: { commitId } }) };
  } catch (error) {
    context.onEvent({ type: 'auto-commit.failed', ...key, error });
    return appended;
  }
}
