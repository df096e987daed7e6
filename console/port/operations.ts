import type { CommitView } from '../../lib/api/index.ts';
import type { FollowedReplay, Replay } from '../../lib/dead-letters/index.ts';
import type { LimitName } from '../../lib/limits/index.ts';
import type { SessionKey } from '../../lib/session/index.ts';
import type { Check } from './check.ts';
import type { LetterChoice } from './letter-choice.ts';
import type { LetterView } from './letter-view.ts';
import type { LimitChange } from './limit-change.ts';
import type { LimitDocument } from './limit-document.ts';
import type { QueueFigures } from './queue-figures.ts';
import type { ReplayPlan } from './replay-plan.ts';
import type { ReplayResult } from './replay-result.ts';
import type { SessionDocument } from './session-document.ts';

/**
 * The port to what an operator does to one stack. Each request that it makes is bounded, and it makes no further one
 * after its signal aborts.
 *
 * What is not there, or not allowed, is a CommitlaneError whose code says so (`session-not-found`, `commit-not-found`,
 * `commit-not-cancellable`, `invalid-limits`); any other error means that the stack, or the way to it, has failed.
 */
export interface Operations {
  readonly stack: StackFacts;
  queues(signal: AbortSignal): Promise<readonly QueueFigures[]>;
  /** @param options.askModel a real model costs a little. */
  examine(options: { readonly askModel: boolean }, signal: AbortSignal): Promise<readonly Check[]>;
  session(key: SessionKey): Promise<SessionDocument>;
  commit(key: SessionKey, commitId: string): Promise<CommitProgress>;
  /** Cancels a commit that is still queued. */
  cancelCommit(key: SessionKey, commitId: string): Promise<void>;
  /** Letters, at most `maxLetters` of each queue. They stay where they are. */
  letters(
    choice: LetterChoice,
    maxLetters: number,
    signal: AbortSignal,
  ): Promise<{ readonly letters: readonly LetterView[]; readonly unseen: number }>;
  /**
   * One letter.
   *
   * @param options.deep finds one behind others of its session, too, by moving each to the end of its queue.
   */
  letter(
    id: string,
    options: { readonly deep: boolean },
    signal: AbortSignal,
  ): Promise<{ readonly letter?: LetterAndCommit; readonly unseen: number }>;
  /** Sees every letter, by moving each to the end of its queue, asks what they died of, and sends none. */
  planReplay(choice: LetterChoice, work: Work): Promise<ReplayPlan>;
  /** Sends the letters of the choice to their queues, as far as they are still dead letters. */
  replay(
    choice: LetterChoice,
    options: { readonly ratePerSecond: number },
    work: Work,
  ): Promise<ReplayResult>;
  /** Follows commits whose letters were sent until each has ended, for a bounded time, or until the signal aborts. */
  followReplays(
    replays: readonly Replay[],
    work: {
      readonly signal: AbortSignal;
      readonly onProgress: (followed: readonly FollowedReplay[]) => void;
    },
  ): Promise<readonly FollowedReplay[]>;
  limits(signal: AbortSignal): Promise<StackLimits>;
  /** What a change would do. */
  checkLimits(wanted: Wanted, signal: AbortSignal): Promise<readonly LimitChange[]>;
  /** Writes nothing unless the whole set is then valid. */
  changeLimits(wanted: Wanted, signal: AbortSignal): Promise<readonly LimitChange[]>;
  /** What to tell an operator of an error: its own words, and what to do where its cause is well known. */
  explain(error: unknown): string;
}

interface StackFacts {
  readonly name: string;
  readonly isLocal: boolean;
  readonly apiUrl: string;
  /** Where limits are kept, such as `/commitlane/prod`. */
  readonly limitsPath: string;
  readonly leaseStore: string;
  readonly model: string;
}

interface CommitProgress {
  readonly commit: CommitView;
  /** Whether nothing more happens to it. */
  readonly hasEnded: boolean;
}

interface LetterAndCommit {
  readonly letter: LetterView;
  readonly commit?: CommitView;
}

interface StackLimits {
  readonly limits: readonly LimitDocument[];
  /** What is wrong with them as a set; while there is anything, functions keep to what they had before. */
  readonly problems: readonly string[];
  /** Parameters that are no limits of this version. */
  readonly unknown: readonly string[];
}

type Wanted = ReadonlyMap<LimitName, string>;

/** Work that may take minutes. */
interface Work {
  /** Stops it; what was sent is still removed from its dead-letter queue. */
  readonly signal: AbortSignal;
  /** Called with how far it is, in words. */
  readonly onProgress: (text: string) => void;
}
