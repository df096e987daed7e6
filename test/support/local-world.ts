import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { type CommitView, commitlaneClient } from '../../lib/client/index.ts';
import { type LocalStack, type LocalStackOptions, startLocalStack } from '../../local/index.ts';
import { safetyTimeouts } from './safety-timeouts.ts';
import { textOf } from './text-of.ts';

/** For one commit with its follow-up. */
export const COMMIT_TIMEOUT_MS = safetyTimeouts.conditionMs;
/** Of a client on a machine that is so busy that functions give up their own requests. */
export const patience = { timeoutMs: safetyTimeouts.conditionMs, maxRetries: 10 };
/**
 * A dead worker is replaced after this time, in tests that kill some. A living one loses its lease when it gets nothing
 * done for two thirds of it, so it must be much longer than a busy machine lets a thread wait.
 */
export const SHORT_TTL_MS = 5_000;

/** The embedded stack and a client of its API, as a chat product would use it. */
export async function localWorld(options: LocalStackOptions & { readonly tenant?: string } = {}) {
  const { tenant = 'acme', ...stackOptions } = options;
  const logs: string[] = [];
  const stack = await startLocalStack({ onLog: (line) => logs.push(line), ...stackOptions });
  const tokenOf = (sub: string) => stack.mintToken({ tenant, sub });
  const client = commitlaneClient({ baseUrl: stack.apiUrl, token: () => tokenOf('ann'), ...patience });

  return {
    stack,
    client,
    logs,
    tokenOf,
    /** Before the first commit: functions keep the limits that they have read for a minute. */
    shortenLease: () => setLimit(stack, 'lease.ttlMs', SHORT_TTL_MS),

    async say(session: string, ...contents: string[]) {
      for (const content of contents) await client.append(session, [{ role: 'user', content }]);
    },

    /** Waits until a commit has ended. */
    async ended(session: string, commitId: string): Promise<CommitView> {
      let last: CommitView | undefined;
      const watch = client.watchCommit(session, commitId, {
        pollIntervalMs: 50,
        timeoutMs: COMMIT_TIMEOUT_MS,
      });
      for await (const commit of watch) last = commit;
      if (!last) throw new Error(`commit ${commitId} was never seen`);
      return last;
    },

    /** The texts of every archive, in order, and of what is live. */
    async contents(session: string) {
      const archives: string[][] = [];
      for await (const { archive } of client.archives(session)) {
        const texts: string[] = [];
        for await (const message of client.archivedMessages(session, archive)) texts.push(textOf(message));
        archives.push(texts);
      }
      const live: string[] = [];
      for await (const message of client.liveMessages(session)) live.push(textOf(message));
      return { archives, live };
    },

    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}

export type LocalWorld = Awaited<ReturnType<typeof localWorld>>;

async function setLimit({ ssm }: LocalStack, name: string, value: number): Promise<void> {
  await ssm.send(
    new PutParameterCommand({ Name: `/commitlane/dev/${name}`, Value: String(value), Overwrite: true }),
  );
}
