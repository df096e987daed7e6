import {
  countFollowed,
  type Followed,
  type LetterChoice,
  type LetterDocument,
  type ReplayPlan,
  type ReplayResult,
} from '../../operator/letters/index.ts';
import type { Progress } from '../../operator/target/index.ts';
import { ConflictError, PageNotFoundError } from '../errors.ts';
import type { Operations } from '../operations.ts';

/** Replays take longer than a page may, so they go on by themselves, and pages look at them. */
export interface ReplayDesk extends AsyncDisposable {
  /** Starts to plan. @throws ConflictError while another is planned or sent. */
  plan(choice: LetterChoice): Replay;
  /** @throws PageNotFoundError for one that is not kept any more. */
  find(id: string): Replay;
  /** Sends what was planned. @throws PageNotFoundError; ConflictError when it is not planned, or another is at work. */
  send(id: string, ratePerSecond: number): Replay;
  /** Ends the sending, the planning, or the watching, soon; what has ended stays as it is. @throws PageNotFoundError */
  stop(id: string): Replay;
  /** The one that is planned or sent just now. */
  readonly current: Replay | undefined;
}

export interface Replay {
  readonly id: string;
  readonly state: ReplayState;
  /** Resolves when nothing is under way. */
  readonly settled: Promise<void>;
}

/** What a replay would do. */
export type Plan = ReplayPlan<LetterDocument>;

type ReplayState =
  | { readonly phase: 'planning'; readonly progress?: Progress }
  | { readonly phase: 'planned'; readonly plan: Plan }
  | { readonly phase: 'sending'; readonly plan: Plan; readonly progress?: Progress }
  | (Sent & { readonly phase: 'following' })
  | (Sent & { readonly phase: 'ended' })
  | { readonly phase: 'failed'; readonly error: unknown };

interface Sent {
  readonly plan: Plan;
  readonly result: ReplayResult;
  /** What has become of the commits; absent when none is followed. */
  readonly followed?: Followed;
}

interface Kept {
  readonly id: string;
  readonly choice: LetterChoice;
  readonly stop: AbortController;
  state: ReplayState;
  settled: Promise<void>;
}

/** As long as a commit may take. */
const FOLLOW_MS = 15 * 60_000;

/** Each holds at most 10 000 letters. */
const MAX_KEPT = 5;

export function replayDesk({
  operations,
  newId,
}: {
  readonly operations: Pick<Operations, 'planReplay' | 'replay' | 'followReplays'>;
  readonly newId: () => string;
}): ReplayDesk {
  const kept: Kept[] = [];
  const current = () => kept.find(({ state: { phase } }) => phase === 'planning' || phase === 'sending');

  function refuseBeside(): void {
    // Two that go round the same queue would wait for each other's letters.
    if (current()) throw new ConflictError('Another replay is running: wait for its end, or stop it.');
  }

  function find(id: string): Kept {
    const found = kept.find((one) => one.id === id);
    if (found) return found;
    throw new PageNotFoundError('This replay is no longer kept. Choose the letters again.');
  }

  function run(replay: Kept, work: () => Promise<ReplayState>): void {
    replay.settled = work()
      .catch((error: unknown): ReplayState => ({ phase: 'failed', error }))
      .then((state) => {
        replay.state = state;
      });
  }

  /** Others may be planned and sent meanwhile. */
  async function follow(replay: Kept, plan: Plan, result: ReplayResult) {
    if (result.replays.length === 0 || result.isStopped) return undefined;
    const report = (followed: Followed) => {
      replay.state = { phase: 'following', plan, result, followed };
    };
    report(countFollowed(result.replays.map(({ seen: _, ...one }) => ({ ...one, outcome: 'running' }))));
    const following = { timeoutMs: FOLLOW_MS, signal: replay.stop.signal, report };
    return operations.followReplays(result.replays, following);
  }

  return {
    find,
    get current() {
      return current();
    },

    plan(choice) {
      refuseBeside();
      const replay: Kept = {
        id: newId(),
        choice,
        stop: new AbortController(),
        state: { phase: 'planning' },
        settled: Promise.resolve(),
      };
      kept.unshift(replay);
      kept.length = Math.min(kept.length, MAX_KEPT);
      const report = (progress: Progress) => {
        replay.state = { phase: 'planning', progress };
      };
      run(replay, async () => {
        const plan = await operations.planReplay(choice, { signal: replay.stop.signal, report });
        return { phase: 'planned', plan };
      });
      return replay;
    },

    send(id, ratePerSecond) {
      const replay = find(id);
      refuseBeside();
      if (replay.state.phase !== 'planned')
        throw new ConflictError('These letters were sent before, or there is no plan: choose letters again.');
      const { plan } = replay.state;
      const choice = { ...replay.choice, ids: new Set(plan.letters.map((letter) => letter.id)) };
      const report = (progress: Progress) => {
        replay.state = { phase: 'sending', plan, progress };
      };
      replay.state = { phase: 'sending', plan };
      run(replay, async () => {
        const sending = { ratePerSecond, signal: replay.stop.signal, report };
        const result = await operations.replay(choice, sending);
        const followed = await follow(replay, plan, result);
        return { phase: 'ended', plan, result, ...(followed && { followed }) };
      });
      return replay;
    },

    stop(id) {
      const replay = find(id);
      replay.stop.abort(new ConflictError('It was stopped. Letters that were not sent are where they were.'));
      return replay;
    },

    async [Symbol.asyncDispose]() {
      for (const { stop } of kept) stop.abort(new ConflictError('The console has ended.'));
      await Promise.all(kept.map(({ settled }) => settled));
    },
  };
}
