import { describe, expect, it } from 'vitest';
import { systemClock } from '../../lib/clock/index.ts';
import {
  type DeadLetterQueue,
  gatherLetters,
  moveNatively,
  NativeMoveError,
  type ReplayContext,
  replayLetters,
} from '../../lib/dead-letters/index.ts';
import { inProcessSessionStore } from '../../lib/store/index.ts';
import { crashAt, InjectedCrash } from '../support/failing-port.ts';
import { commitIdOf, commitLetter } from './letters.ts';
import { sqsQueues } from './sqs-queues.ts';

const SESSIONS = 100;
const LETTERS_EACH = 10;
const never = new AbortController().signal;

type Queues = Awaited<ReturnType<typeof sqsQueues>>;

function makeContext({ queue, newId }: Queues): ReplayContext {
  return {
    queue,
    store: inProcessSessionStore(),
    clock: systemClock,
    newId,
    operator: 'ann',
    ratePerSecond: 1_000_000,
    stop: never,
    signal: never,
  };
}

/** A number that has no factor in common with `LETTERS_EACH` mixes the ages of a session's letters. */
const mixed = (index: number) => (index * 7) % LETTERS_EACH;

describe('a thousand dead letters of a hundred sessions on SQS', () => {
  it('are all replayed, those of each session oldest first, also after a replay that crashed in the middle', async () => {
    await using queues = await sqsQueues();
    for (let index = 0; index < LETTERS_EACH; index += 1) {
      for (let session = 0; session < SESSIONS; session += 1) {
        const age = mixed(index);
        await queues.add(commitLetter(`s${session}-${age}`, { session: `s${session}`, requestedAtMs: age }));
      }
    }
    const context = makeContext(queues);
    const { letters, unseen } = await gatherLetters(queues.queue, context, 10_000);
    expect({ letters: letters.length, unseen }).toEqual({ letters: SESSIONS * LETTERS_EACH, unseen: 0 });

    const crash = crashAt(400, 'after');
    const crashing = { ...context, queue: crash.wrap<DeadLetterQueue>(queues.queue) };
    await expect(replayLetters(crashing, letters)).rejects.toBeInstanceOf(InjectedCrash);
    expect(await queues.queue.count()).toMatchObject({ waiting: SESSIONS * LETTERS_EACH });
    expect((await queues.takeResent()).length).toBe(400);

    const again = await gatherLetters(queues.queue, context, 10_000);
    const replayed = await replayLetters(context, again.letters);
    expect(replayed).toEqual({ resent: SESSIONS * LETTERS_EACH, notRemoved: 0 });
    expect(await queues.queue.count()).toEqual({ waiting: 0, inFlight: 0 });
    const bySession = Map.groupBy(await queues.takeResent(), ({ group }) => group);
    expect(bySession.size).toBe(SESSIONS);
    for (const [group, resent] of bySession) {
      const session = group.split('#')[1];
      const expected = Array.from({ length: LETTERS_EACH }, (_, age) => `${session}-${age}`);
      expect(resent.map(commitIdOf)).toEqual(expected);
    }
  });
});

describe('the queue service that is to move letters by itself', () => {
  it('says clearly that it cannot, where it cannot', async () => {
    await using queues = await sqsQueues();
    await queues.add(commitLetter('one'));
    const options = {
      client: queues.client,
      ...queues.urls,
      clock: systemClock,
      timeoutMs: 1_000,
      signal: never,
    };
    const moving = moveNatively(options, () => undefined);
    await expect(moving).rejects.toThrow(NativeMoveError);
    await expect(moving).rejects.toThrow(/cannot move messages by itself\. Replay without --native/);
    expect(await queues.queue.count()).toEqual({ waiting: 1, inFlight: 0 });
  });
});
