import type { Operations } from '../../console/index.ts';
import { toCommitView } from '../../lib/api/index.ts';
import { cancelCommit } from '../../lib/commit/index.ts';
import { deadLetterKinds } from '../../lib/dead-letters/index.ts';
import type { CliEnvironment } from '../cli-environment.ts';
import { hasEnded } from '../command/has-ended.ts';
import { missingCommit } from '../command/missing-commit.ts';
import { examineTarget } from '../doctor/examine-target.ts';
import { readQueue } from '../doctor/read-queue.ts';
import { explainError } from '../explain-error.ts';
import { changeLimits } from '../limits/change-limits.ts';
import { checkChange } from '../limits/check-change.ts';
import { limitDocuments } from '../limits/limit-lines.ts';
import { readLimits } from '../limits/read-limits.ts';
import { readSession } from '../sessions/read-session.ts';
import { partsOf } from '../target/parts.ts';
import type { Target } from '../target/target.ts';
import { letterOperations } from './letter-operations.ts';

/** What the console does, done as the commands do it. */
export function consoleOperations(cli: CliEnvironment, target: Target): Operations {
  const parts = partsOf(target, cli);
  const { outputs } = target;
  return {
    stack: {
      name: target.stackName,
      isLocal: target.isLocal,
      apiUrl: outputs.ApiUrl,
      limitsPath: outputs.LimitsPath,
      leaseStore: outputs.LeaseStore,
      model: outputs.Model,
    },
    queues: (signal) => Promise.all(deadLetterKinds.map((kind) => readQueue(target, kind, signal))),
    examine: ({ askModel }, signal) => examineTarget({ ...cli, signal }, target, askModel),
    session: (key) => readSession(parts, key, outputs.LeaseStore),

    async commit(key, commitId) {
      const status = await parts.store.readCommit(key, commitId);
      if (!status) throw await missingCommit(parts.store, key, commitId);
      const commit = toCommitView(status, cli.clock.now());
      return { commit, hasEnded: hasEnded(commit) };
    },

    async cancelCommit(key, commitId) {
      await cancelCommit(parts, key, commitId);
    },

    ...letterOperations(cli, target),

    async limits(signal) {
      const stored = await readLimits(target, signal);
      return { limits: limitDocuments(stored), problems: stored.problems, unknown: stored.unknown };
    },
    checkLimits: (wanted, signal) => checkChange(target, wanted, signal),
    changeLimits: (wanted, signal) => changeLimits(target, wanted, signal),
    explain: (error) => explainError(error).message,
  };
}
