import type { CommitView } from '../../../lib/client/index.ts';
import { untilAborted } from '../../../lib/clock/index.ts';
import { isBeforeArchive } from '../../../lib/session/index.ts';
import type { CommitTracker, TrackedCommit } from './commit-tracker.ts';
import type { JobContext } from './job-context.ts';

interface Watch {
  tracked: TrackedCommit;
  readonly isSafe: PromiseWithResolvers<void>;
  readonly ended: Promise<void>;
}

export function trackCommits(context: JobContext): CommitTracker {
  const stop = new AbortController();
  const signal = AbortSignal.any([context.signal, stop.signal]);
  const watches = new Map<string, Watch>();

  async function follow(watch: Watch): Promise<void> {
    const { sessionId, commitId } = watch.tracked;
    let messageCount: number | undefined;
    for await (const commit of context.client.watchCommit(sessionId, commitId, { signal })) {
      const news = commit.timeline.slice(watch.tracked.view?.timeline.length ?? 0);
      watch.tracked = { ...watch.tracked, view: commit };
      messageCount ??= await countMessages(context, sessionId, commit, signal);
      context.reporter.commitChanged({
        sessionId,
        commit,
        news,
        ...(messageCount !== undefined && { messageCount }),
      });
      if (!isBeforeArchive(commit)) watch.isSafe.resolve();
    }
  }

  function start(sessionId: string, commitId: string): Watch {
    const { promise, resolve } = Promise.withResolvers<void>();
    const watch: Watch = {
      tracked: { sessionId, commitId },
      isSafe: Promise.withResolvers<void>(),
      ended: promise,
    };
    follow(watch)
      .catch((reason: unknown) => {
        if (reason === signal.reason) return;
        const failure = reason instanceof Error ? reason : new Error(String(reason));
        watch.tracked = { ...watch.tracked, failure };
      })
      .finally(() => {
        watch.isSafe.resolve();
        resolve();
      });
    watches.set(commitId, watch);
    return watch;
  }

  const allEnded = async () => {
    await Promise.all([...watches.values()].map(({ ended }) => ended));
  };

  return {
    track: (sessionId, commitId) => (watches.get(commitId) ?? start(sessionId, commitId)).isSafe.promise,
    untilAllEnded: (until) => untilAborted(allEnded(), until),
    commits: () => [...watches.values()].map(({ tracked }) => tracked),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await allEnded();
    },
  };
}

async function countMessages(
  { client }: JobContext,
  sessionId: string,
  { archive }: CommitView,
  signal: AbortSignal,
): Promise<number | undefined> {
  if (archive === undefined) return undefined;
  const page = await client.listArchives(sessionId, { after: archive - 1, limit: 1, signal });
  return page.archives.find((listed) => listed.archive === archive)?.messageCount;
}
