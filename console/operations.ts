import { cancelCommit, readCommit } from '../operator/commits/index.ts';
import { examineTarget } from '../operator/doctor/index.ts';
import {
  followSent,
  type LetterChoice,
  planDocument,
  planReplay,
  readLetter,
  readLetters,
  replayChosen,
} from '../operator/letters/index.ts';
import { changeLimits, planChange, readLimits } from '../operator/limits/index.ts';
import { changeMemory, listMemories, readMemory } from '../operator/memories/index.ts';
import { readQueues } from '../operator/queues/index.ts';
import { listSessions, readSession } from '../operator/sessions/index.ts';
import type { Target, Work } from '../operator/target/index.ts';

/**
 * What the pages ask of a stack. Each request that is made for it is bounded, and none is made after its signal aborts.
 *
 * What is not there, or not allowed, is a CommitlaneError whose code says so (`session-not-found`, `commit-not-found`,
 * `commit-not-cancellable`, `memory-not-found`, `memory-not-forgotten`, `memory-contended`, `invalid-limits`); any other error means that the stack, or the way to it, has failed.
 */
export type Operations = ReturnType<typeof operationsOn>;

/** What operators do, on one stack. */
export function operationsOn(target: Target) {
  const { stackName, isLocal, outputs } = target;
  const on =
    <Input extends readonly unknown[], Result>(operation: (target: Target, ...input: Input) => Result) =>
    (...input: Input) =>
      operation(target, ...input);
  return {
    stack: {
      name: stackName,
      isLocal,
      apiUrl: outputs.ApiUrl,
      /** Where limits are kept, such as `/commitlane/prod`. */
      limitsPath: outputs.LimitsPath,
      leaseStore: outputs.LeaseStore,
      model: outputs.Model,
    },
    queues: on(readQueues),
    examine: on(examineTarget),
    sessions: on(listSessions),
    session: on(readSession),
    commit: on(readCommit),
    cancelCommit: on(cancelCommit),
    memories: on(listMemories),
    memory: on(readMemory),
    changeMemory: on(changeMemory),
    letters: on(readLetters),
    letter: on(readLetter),
    /** Sees every letter of the choice, asks what they died of, the model too, and sends none. */
    planReplay: async (choice: LetterChoice, work: Work) =>
      planDocument(await planReplay(target, choice, { deep: true, ask: { model: true } }, work)),
    replay: on(replayChosen),
    followReplays: on(followSent),
    limits: on(readLimits),
    planLimits: on(planChange),
    changeLimits: on(changeLimits),
  };
}
