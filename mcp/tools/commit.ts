import { z } from 'zod';
import { commitViewSchema, idempotencyKeySchema } from '../../lib/api/index.ts';
import { type CommitView, CommitWatchTimeoutError } from '../../lib/client/index.ts';
import { commitReasonSchema, isBeforeArchive, keepRecentSchema } from '../../lib/session/index.ts';
import { sessionArgument } from '../session-argument.ts';
import { addsOnce, type Call, makeTool } from '../tool.ts';

/** Clients give a call up after 60 s, as a rule. */
const DEFAULT_WAIT_SECONDS = 45;
const MAX_WAIT_SECONDS = 300;

const input = z.strictObject({
  session: sessionArgument,
  keepRecent: keepRecentSchema.exactOptional(),
  reason: commitReasonSchema.exactOptional(),
  idempotencyKey: idempotencyKeySchema
    .describe(
      'Calls with the same key are one commit. Unless given, a call joins the commit that is queued already.',
    )
    .exactOptional(),
  waitFor: z
    .enum(['request', 'archive', 'completion'])
    .default('archive')
    .describe(
      'How far to follow it: not at all; until the messages are in their archive; or until the summary is written and memories are extracted, too.',
    ),
  waitSeconds: z
    .int()
    .min(1)
    .max(MAX_WAIT_SECONDS)
    .default(DEFAULT_WAIT_SECONDS)
    .describe('For at most so long. The commit goes on when the time is over.'),
});

const outputSchema = commitViewSchema.unwrap().extend({
  existing: z.boolean().describe('True when a commit that was already queued does what was requested.'),
  timedOut: z
    .literal(true)
    .exactOptional()
    .describe(
      'The time was over first. The commit goes on; with the same idempotencyKey, another call follows it further.',
    ),
});

export const commit = makeTool({
  name: 'commit',
  title: 'Commit a session',
  description:
    'Moves the messages of a session that are not archived yet into an immutable archive; a summary is then written and memories are extracted. Do it when a conversation or a piece of work has come to an end.',
  annotations: addsOnce,
  about: 'session',
  input,
  output: outputSchema,
  async run({ session, waitFor, waitSeconds, ...request }, call) {
    const { commitId, existing } = await call.client.requestCommit(session, {
      ...request,
      signal: call.signal,
    });
    const timeoutMs = waitSeconds * 1_000;
    const followed = await follow({ session, commitId, waitFor, timeoutMs }, call);
    return { view: { ...followed.commit, existing, ...(followed.timedOut && { timedOut: true }) } };
  },
});

interface Followed {
  readonly commit: CommitView;
  readonly timedOut?: true;
}

/** Looks at a commit at least once. */
async function follow(
  {
    session,
    commitId,
    waitFor,
    timeoutMs,
  }: {
    readonly session: string;
    readonly commitId: string;
    readonly waitFor: z.output<typeof input>['waitFor'];
    readonly timeoutMs: number;
  },
  { client, signal, report }: Call,
): Promise<Followed> {
  if (waitFor === 'request') return { commit: await client.getCommit(session, commitId, { signal }) };
  let last: CommitView | undefined;
  try {
    for await (const commit of client.watchCommit(session, commitId, { timeoutMs, signal })) {
      last = commit;
      if (waitFor === 'archive' && !isBeforeArchive(commit)) break;
      await report(`Commit ${commitId} is ${commit.state}.`);
    }
  } catch (error) {
    if (!(error instanceof CommitWatchTimeoutError)) throw error;
    return { commit: error.commit, timedOut: true };
  }
  return { commit: last ?? (await client.getCommit(session, commitId, { signal })) };
}
