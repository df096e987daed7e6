import type { FollowedReplay } from '../../lib/dead-letters/index.ts';
import { ConflictError, PageNotFoundError } from '../errors.ts';
import type { LetterChoice } from '../port/letter-choice.ts';
import type { Operations } from '../port/operations.ts';
import type { ReplayPlan } from '../port/replay-plan.ts';
import type { ReplayResult } from '../port/replay-result.ts';

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

type ReplayState =
  | { readonly phase: 'planning'; readonly progress: string }
  | { readonly phase: 'planned'; readonly plan: ReplayPlan }
  | { readonly phase: 'sending'; readonly plan: ReplayPlan; readonly progress: string }
  | (Sent & { readonly phase: 'following' })
  | (Sent & { readonly phase: 'ended' })
  | { readonly phase: 'failed'; readonly error: unknown };

interface Sent {
  readonly plan: ReplayPlan;
  readonly result: ReplayResult;
  /** What has become of each commit. */
  readonly followed: readonly FollowedReplay[];
}

interface Kept {
  readonly id: string;
  readonly choice: LetterChoice;
  readonly stop: AbortController;
  state: ReplayState;
  settled: Promise<void>;
}

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
    if (current()) throw new ConflictError('Another replay is under way: wait for its end, or stop it.');
  }

  function find(id: string): Kept {
    const found = kept.find((one) => one.id === id);
    if (found) return found;
    throw new PageNotFoundError('This replay is not kept any more. Choose the letters again.');
  }

  function run(replay: Kept, work: () => Promise<ReplayState>): void {
    replay.settled = work()
      .catch((error: unknown): ReplayState => ({ phase: 'failed', error }))
      .then((state) => {
        replay.state = state;
      });
  }

  /** Others may be planned and sent meanwhile. */
  async function follow(replay: Kept, plan: ReplayPlan, result: ReplayResult) {
    if (result.replays.length === 0 || result.isStopped) return [];
    const onProgress = (followed: readonly FollowedReplay[]) => {
      replay.state = { phase: 'following', plan, result, followed: [...followed] };
    };
    onProgress(result.replays.map(({ seen: _, ...one }) => ({ ...one, outcome: 'running' })));
    return operations.followReplays(result.replays, { signal: replay.stop.signal, onProgress });
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
        state: { phase: 'planning', progress: '' },
        settled: Promise.resolve(),
      };
      kept.unshift(replay);
      kept.length = Math.min(kept.length, MAX_KEPT);
      const onProgress = (progress: string) => {
        replay.state = { phase: 'planning', progress };
      };
      run(replay, async () => {
        const plan = await operations.planReplay(choice, { signal: replay.stop.signal, onProgress });
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
      const onProgress = (progress: string) => {
        replay.state = { phase: 'sending', plan, progress };
      };
      onProgress('');
      run(replay, async () => {
        const work = { signal: replay.stop.signal, onProgress };
        const result = await operations.replay(choice, { ratePerSecond }, work);
        return { phase: 'ended', plan, result, followed: await follow(replay, plan, result) };
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
