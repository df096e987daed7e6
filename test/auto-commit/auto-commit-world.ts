import {
  type AutoCommitEvent,
  appendAndCommit,
  type CheckContext,
  checkDueSessions,
} from '../../lib/auto-commit/index.ts';
import { type CommitEvent, commitSession } from '../../lib/commit/index.ts';
import type { CommitMessage } from '../../lib/queue/index.ts';
import { autoCommitPolicySchema } from '../../lib/session/index.ts';
import { commitWorld, key, recordingSender } from '../support/commit-world.ts';

const MINUTE_MS = 60_000;
const forever = new AbortController().signal;

/** A session with a policy, a queue of commits that nobody handles until told to, and a schedule run by hand. */
export async function autoCommitWorld(policy: Record<string, unknown> = {}) {
  const world = await commitWorld();
  const { store, clock, log } = world;
  const commits = recordingSender<CommitMessage>();
  const events: (AutoCommitEvent | CommitEvent)[] = [];
  const context: CheckContext = {
    store,
    clock,
    newId: log.newId,
    commits,
    onEvent: (event) => events.push(event),
    around: (_key, check) => check(),
  };
  await store.updateSettings(key, {
    autoCommit: { policy: autoCommitPolicySchema.parse(policy), checkAtMs: clock.now() },
  });
  const done = new Set<string>();
  const runChecks = (signal: AbortSignal = forever) => checkDueSessions(context, signal);

  /** Runs the commits that were asked for, and that nobody has run yet. */
  async function commitAll() {
    for (const message of commits.sent.values()) {
      if (done.has(message.commitId)) continue;
      done.add(message.commitId);
      await commitSession(world.context, message, forever);
    }
  }

  return {
    ...world,
    context,
    commits,
    events,
    runChecks,
    commitAll,
    append: (content: string, using: CheckContext = context) =>
      appendAndCommit(using, key, [{ role: 'user', content }]),
    meta: async () => {
      const meta = await store.readMeta(key);
      if (!meta) throw new Error('the session is gone');
      return meta;
    },
    /** The reasons of the commits that were asked for. */
    reasons: () =>
      events.flatMap((event) => (event.type === 'auto-commit.requested' ? [event.policyCause] : [])),
    /** Runs the schedule each minute, and what it asks for, until no check is scheduled any more. */
    async settle(maxMinutes = 3_000) {
      for (let minute = 0; minute < maxMinutes; minute += 1) {
        await runChecks();
        await commitAll();
        if ((await store.readMeta(key))?.checkAtMs === undefined) return;
        await clock.advance(MINUTE_MS);
      }
      throw new Error(`a check of the session is still scheduled after ${maxMinutes} minutes`);
    },
  };
}
