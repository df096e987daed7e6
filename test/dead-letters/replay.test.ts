import { describe, expect, it } from 'vitest';
import {
  type DeadLetter,
  type DeadLetterQueue,
  gatherLetters,
  inProcessDeadLetterQueue,
  lookAtLetters,
  type ReplayContext,
  replayLetters,
} from '../../lib/dead-letters/index.ts';
import { type CommitStatusStore, inProcessSessionStore } from '../../lib/store/index.ts';
import { crashAt, type Fault, InjectedCrash } from '../support/failing-port.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { commitIdOf, commitLetter, deadCommit, followUpLetter } from './letters.ts';

const silent = inProcessSessionStore();
const never = new AbortController().signal;

function makeContext(
  clock: FakeClock,
  queue: DeadLetterQueue,
  more: Partial<ReplayContext> = {},
): ReplayContext {
  let ids = 0;
  return {
    queue,
    store: silent,
    clock,
    newId: () => `passage-${++ids}`,
    operator: 'ann',
    ratePerSecond: 1_000_000,
    stop: never,
    signal: never,
    ...more,
  };
}

async function replay(context: ReplayContext, selects: (letter: DeadLetter) => boolean = () => true) {
  const { letters } = await gatherLetters(context.queue, context, 1_000);
  return replayLetters(context, letters.filter(selects));
}

describe.each([1, 10])('a replay from a queue that shows %i letters of a group', (perGroup) => {
  const world = () => {
    const clock = fakeClock();
    const queue = inProcessDeadLetterQueue({ clock, kind: 'commits', perGroup });
    return { clock, queue };
  };

  it('sends the letters of a session oldest first, whatever their order was', async () => {
    const { clock, queue } = world();
    for (const age of [7, 2, 9, 1, 5, 3, 8, 4, 6, 12, 11, 10, 14, 13])
      queue.add(commitLetter(`c${age}`, { requestedAtMs: age }));
    const { resent, notRemoved } = await clock.runUntil(replay(makeContext(clock, queue)));
    expect(queue.resent.map(commitIdOf)).toEqual(Array.from({ length: 14 }, (_, index) => `c${index + 1}`));
    expect({ resent, notRemoved }).toEqual({ resent: 14, notRemoved: 0 });
    expect(queue.letters).toEqual([]);
  });

  it('finds letters behind others of their session, and leaves those in their order', async () => {
    const { clock, queue } = world();
    for (let age = 1; age <= 12; age += 1) queue.add(commitLetter(`c${age}`, { requestedAtMs: age }));
    const isEleventh = ({ body }: DeadLetter) => body.includes('"c11"');
    await clock.runUntil(replay(makeContext(clock, queue), isEleventh));
    expect(queue.resent.map(commitIdOf)).toEqual(['c11']);
    expect(queue.letters.map(commitIdOf)).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12].map((age) => `c${age}`),
    );
  });

  it('loses nothing when it crashes at any call, and the next one sends the rest in order', async () => {
    const scenario = async (call: number, fault: Fault) => {
      const { clock, queue } = world();
      for (const age of [3, 1, 2]) queue.add(commitLetter(`a${age}`, { requestedAtMs: age }));
      for (const age of [2, 1]) queue.add(commitLetter(`b${age}`, { requestedAtMs: age, session: 'other' }));
      const crash = crashAt(call, fault);
      const crashing = makeContext(clock, crash.wrap<DeadLetterQueue>(queue), { store: crash.wrap(silent) });
      const isWanted = ({ body }: DeadLetter) => !body.includes('"b2"');
      const first = await clock.runUntil(replay(crashing, isWanted).catch((error: unknown) => error));
      if (first instanceof Error && !(first instanceof InjectedCrash)) throw first;
      const known = new Set([...queue.letters, ...queue.resent].map(commitIdOf));
      expect([...known].sort(), `call ${call}, ${fault}`).toEqual(['a1', 'a2', 'a3', 'b1', 'b2']);

      await clock.runUntil(replay(makeContext(clock, queue), isWanted));
      const sent = new Set(queue.resent.map(commitIdOf));
      expect([...sent].sort(), `call ${call}, ${fault}`).toEqual(['a1', 'a2', 'a3', 'b1']);
      expect([...new Set(queue.letters.map(commitIdOf))], `call ${call}, ${fault}`).toEqual(['b2']);
      return crash.crashed;
    };
    let calls = 0;
    for (const fault of ['before', 'after'] as const) {
      let call = 1;
      while (await scenario(call, fault)) call += 1;
      calls += call - 1;
    }
    expect(calls).toBeGreaterThan(20);
  });

  it('ends although somebody else moves the same letters at the same time', async () => {
    const { clock, queue } = world();
    for (let age = 1; age <= 15; age += 1) queue.add(commitLetter(`c${age}`, { requestedAtMs: age }));
    const both = Promise.all([
      replay(makeContext(clock, queue, { newId: () => 'ann' })),
      replay(makeContext(clock, queue, { newId: () => 'bob' }), () => false),
    ]);
    await clock.runUntil(both);
    const known = new Set([...queue.letters, ...queue.resent].map(commitIdOf));
    expect(known.size).toBe(15);
  });
});

describe('a replay', () => {
  it('sends follow-ups in the order of their archives', async () => {
    const clock = fakeClock();
    const queue = inProcessDeadLetterQueue({ clock, kind: 'follow-ups' });
    for (const archive of [3, 1, 2]) queue.add(followUpLetter(archive));
    await clock.runUntil(replay(makeContext(clock, queue)));
    expect(queue.resent.map(commitIdOf)).toEqual(['commit-1', 'commit-2', 'commit-3']);
  });

  it('begins with the session that has waited longest', async () => {
    const clock = fakeClock();
    const queue = inProcessDeadLetterQueue({ clock, kind: 'commits' });
    queue.add(commitLetter('later', { requestedAtMs: 1 }));
    queue.add(commitLetter('sooner', { requestedAtMs: 0 }));
    await clock.advance(1_000);
    queue.add(commitLetter('other', { session: 'other', requestedAtMs: 0 }));
    await clock.runUntil(replay(makeContext(clock, queue)));
    expect(queue.resent.map(commitIdOf)).toEqual(['sooner', 'later', 'other']);
  });

  it('goes on when a timeline cannot be read or written, and says so', async () => {
    const clock = fakeClock();
    const queue = inProcessDeadLetterQueue({ clock, kind: 'commits' });
    for (const id of ['one', 'two']) queue.add(commitLetter(id));
    const unrecorded: string[] = [];
    const onUnrecorded = ({ body }: DeadLetter) => unrecorded.push(commitIdOf({ body }));
    const noDatabase = () => Promise.reject(new Error('no database'));
    const store: CommitStatusStore = {
      ...silent,
      readCommit: async (_key, commitId) => (commitId === 'one' ? noDatabase() : deadCommit(commitId)),
      retryCommit: noDatabase,
    };
    const context = makeContext(clock, queue, { store, onUnrecorded });
    expect(await clock.runUntil(replay(context))).toEqual({ resent: 2, notRemoved: 0 });
    expect(unrecorded).toEqual(['one', 'two']);
  });

  it('sends no more letters a second than it may', async () => {
    const clock = fakeClock();
    const queue = inProcessDeadLetterQueue({ clock, kind: 'commits' });
    for (let age = 1; age <= 5; age += 1) queue.add(commitLetter(`c${age}`, { requestedAtMs: age }));
    const times: number[] = [];
    const startedAtMs = clock.now();
    const onResent = () => times.push(clock.now() - startedAtMs);
    await clock.runUntil(replay(makeContext(clock, queue, { ratePerSecond: 4, onResent })));
    expect(times).toEqual([0, 250, 500, 750, 1_000]);
  });

  it('that is stopped leaves the rest where it was, and removes what it has sent', async () => {
    const clock = fakeClock();
    const queue = inProcessDeadLetterQueue({ clock, kind: 'commits' });
    for (let age = 1; age <= 5; age += 1) queue.add(commitLetter(`c${age}`, { requestedAtMs: age }));
    const stop = new AbortController();
    const onResent = () => {
      if (queue.resent.length === 2) stop.abort(new Error('enough'));
    };
    const replayed = replay(makeContext(clock, queue, { stop: stop.signal, ratePerSecond: 1, onResent }));
    expect(await clock.runUntil(replayed)).toEqual({ resent: 2, notRemoved: 0 });
    expect(queue.letters.map(commitIdOf)).toEqual(['c3', 'c4', 'c5']);
  });

  it('leaves alone what was given up again meanwhile', async () => {
    const clock = fakeClock();
    const queue = inProcessDeadLetterQueue({ clock, kind: 'commits' });
    queue.add(commitLetter('one'));
    const onResent = () => queue.add(commitLetter('one'));
    await clock.runUntil(replay(makeContext(clock, queue, { onResent })));
    expect(queue.resent.map(commitIdOf)).toEqual(['one']);
    expect(queue.letters.map(commitIdOf)).toEqual(['one']);
  });

  it('waits for letters that somebody who died holds, and finds them', async () => {
    const clock = fakeClock();
    const queue = inProcessDeadLetterQueue({ clock, kind: 'commits' });
    queue.add(commitLetter('one'));
    await queue.receive();
    const waits: number[] = [];
    const context = makeContext(clock, queue, { onWaiting: (letters) => waits.push(letters) });
    expect(await clock.runUntil(replay(context))).toMatchObject({ resent: 1 });
    expect(waits[0]).toBe(1);
  });
});

describe('a look at the dead letters', () => {
  it('changes nothing, and says how many it does not see', async () => {
    const clock = fakeClock();
    const queue = inProcessDeadLetterQueue({ clock, kind: 'commits' });
    for (let age = 1; age <= 12; age += 1) queue.add(commitLetter(`c${age}`, { requestedAtMs: age }));
    const before = queue.letters;
    const { letters, unseen } = await lookAtLetters(queue, { maxLetters: 100, signal: never });
    expect(letters.map(commitIdOf)).toEqual(Array.from({ length: 10 }, (_, index) => `c${index + 1}`));
    expect(unseen).toBe(2);
    expect(queue.letters).toEqual(before);
    expect(await queue.count()).toEqual({ waiting: 12, inFlight: 0 });
  });

  it('sees no more than it is asked to', async () => {
    const clock = fakeClock();
    const queue = inProcessDeadLetterQueue({ clock, kind: 'commits' });
    for (let age = 1; age <= 3; age += 1) queue.add(commitLetter(`c${age}`, { session: `s${age}` }));
    const { letters, unseen } = await lookAtLetters(queue, { maxLetters: 2, signal: never });
    expect(letters).toHaveLength(2);
    expect(unseen).toBe(1);
    expect(await queue.count()).toEqual({ waiting: 3, inFlight: 0 });
  });
});
