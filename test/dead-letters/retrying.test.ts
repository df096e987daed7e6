import { beforeEach, describe, expect, it } from 'vitest';
import {
  gatherLetters,
  type InProcessDeadLetterQueue,
  inProcessDeadLetterQueue,
  type ReplayContext,
  replayLetters,
} from '../../lib/dead-letters/index.ts';
import { type CommitStatus, statusAsOf } from '../../lib/session/index.ts';
import { inProcessSessionStore } from '../../lib/store/index.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { commitLetter, deadCommit, followUpLetter } from './letters.ts';

const key = { tenant: 'acme', session: 'chat' };
const never = new AbortController().signal;

let clock: FakeClock;
let store: ReturnType<typeof inProcessSessionStore>;
beforeEach(async () => {
  clock = fakeClock();
  store = inProcessSessionStore();
  await store.createSession(key, { scope: 'ann', memoryCategories: [], createdAtMs: clock.now() });
});

const put = (status: CommitStatus) => store.putCommit(key, status, Number.POSITIVE_INFINITY);

async function replay(queue: InProcessDeadLetterQueue, more: Partial<ReplayContext> = {}): Promise<void> {
  let ids = 0;
  const context: ReplayContext = {
    queue,
    store,
    clock,
    newId: () => `passage-${++ids}`,
    operator: 'ann',
    ratePerSecond: 1_000,
    stop: never,
    signal: never,
    ...more,
  };
  const { letters } = await clock.runUntil(gatherLetters(queue, context, 100));
  await clock.runUntil(replayLetters(context, letters));
}

describe('a commit whose letter is replayed', () => {
  it('is retrying as soon as the letter is sent: by whom, and why it was given up', async () => {
    await put(deadCommit('one'));
    const queue = inProcessDeadLetterQueue({ clock, kind: 'commits' });
    queue.add({ ...commitLetter('one'), reason: { code: 'lease-unavailable', message: 'busy' } });
    await replay(queue);
    const status = await store.readCommit(key, 'one');
    expect(status?.state).toBe('retrying');
    expect(status?.timeline.at(-1)).toEqual({
      atMs: clock.now(),
      event: 'retrying',
      detail: 'replayed by ann; it had failed with lease-unavailable',
    });
  });

  it('stays as it is when its worker was faster, whether it failed again or not', async () => {
    await put(deadCommit('one'));
    const queue = inProcessDeadLetterQueue({ clock, kind: 'commits' });
    queue.add(commitLetter('one'));
    const { resend } = queue;
    // All of the second round passes between the sending and the mark.
    queue.resend = async (letter, why) => {
      await resend(letter, why);
      const seen = await store.readCommit(key, 'one');
      if (!seen) throw new Error('there is no status');
      const atMs = clock.now();
      const entries = [
        { atMs, event: 'retrying', detail: why },
        { atMs, event: 'dead-lettered', detail: 'again' },
      ];
      await store.retryCommit(key, 'one', {
        transition: 'retry',
        seen,
        timeline: [...seen.timeline, ...entries],
      });
      await store.changeCommit(key, 'one', {
        transition: 'give-up',
        entry: { atMs, detail: 'for good' },
      });
    };
    await replay(queue);
    const status = await store.readCommit(key, 'one');
    expect(status?.state).toBe('dead-lettered');
    expect(status?.timeline.map(({ event }) => event)).toEqual([
      'queued',
      'dead-lettered',
      'retrying',
      'dead-lettered',
      'dead-lettered',
    ]);
  });

  it.each(['completed', 'empty', 'skipped', 'cancelled'] as const)('stays %s', async (state) => {
    await put(deadCommit('one', { state }));
    const queue = inProcessDeadLetterQueue({ clock, kind: 'commits' });
    queue.add(commitLetter('one'));
    await replay(queue);
    expect(await store.readCommit(key, 'one')).toEqual(deadCommit('one', { state }));
  });

  it('stays dead-lettered when the letter is that of an archive that is there: nothing would come of it', async () => {
    const status = deadCommit('one', { archive: 1 });
    await put(status);
    const queue = inProcessDeadLetterQueue({ clock, kind: 'commits' });
    queue.add(commitLetter('one'));
    await replay(queue);
    expect(await store.readCommit(key, 'one')).toEqual(status);
  });

  it('is retrying with an archive when the letter is that of the follow-up', async () => {
    await put(deadCommit('commit-1', { archive: 1 }));
    const queue = inProcessDeadLetterQueue({ clock, kind: 'follow-ups' });
    queue.add(followUpLetter(1));
    await replay(queue);
    expect(await store.readCommit(key, 'commit-1')).toMatchObject({ state: 'retrying', archive: 1 });
  });

  it('has the death of a killed worker on its timeline, and does not read dead once that worker could be dead', async () => {
    const startedAtMs = clock.now();
    const untilMs = startedAtMs + 1_000;
    const entry = { atMs: startedAtMs, event: 'committing' };
    await put(deadCommit('one', { state: 'committing', timeline: [entry], lastAttemptUntilMs: untilMs }));
    await clock.advance(60_000);
    const queue = inProcessDeadLetterQueue({ clock, kind: 'commits' });
    queue.add(commitLetter('one'));
    await replay(queue);
    await clock.advance(3_600_000);
    const status = await store.readCommit(key, 'one');
    expect(status && statusAsOf(status, clock.now())).toMatchObject({
      state: 'retrying',
      timeline: [entry, { event: 'dead-lettered', atMs: untilMs }, { event: 'retrying' }],
    });
  });

  it('has the death of a worker on its timeline that could still be alive, but for its letter', async () => {
    const entry = { atMs: clock.now(), event: 'committing' };
    const untilMs = clock.now() + 600_000;
    await put(deadCommit('one', { state: 'committing', timeline: [entry], lastAttemptUntilMs: untilMs }));
    await clock.advance(60_000);
    const queue = inProcessDeadLetterQueue({ clock, kind: 'commits' });
    queue.add(commitLetter('one'));
    await replay(queue);
    expect(await store.readCommit(key, 'one')).toMatchObject({
      state: 'retrying',
      timeline: [
        entry,
        { event: 'dead-lettered', atMs: clock.now() },
        { event: 'retrying', atMs: clock.now() },
      ],
    });
  });

  it('that failed at a noted last delivery does not read dead when the time of that one is over', async () => {
    await put(deadCommit('one', { lastAttemptUntilMs: clock.now() + 600_000 }));
    const queue = inProcessDeadLetterQueue({ clock, kind: 'commits' });
    queue.add(commitLetter('one'));
    await replay(queue);
    await clock.advance(3_600_000);
    const status = await store.readCommit(key, 'one');
    expect(status && statusAsOf(status, clock.now()).state).toBe('retrying');
  });

  it('keeps a bounded timeline, however often it is replayed: the beginning and the end', async () => {
    await put(deadCommit('one'));
    for (let round = 1; round <= 50; round += 1) {
      const queue = inProcessDeadLetterQueue({ clock, kind: 'commits' });
      queue.add(commitLetter('one'));
      await replay(queue);
      for (let attempt = 1; attempt <= 5; attempt += 1) {
        await store.changeCommit(key, 'one', {
          transition: attempt < 5 ? 'start' : 'give-up',
          entry: { atMs: clock.now(), detail: `round ${round}, attempt ${attempt}` },
        });
      }
      await clock.advance(1_000);
    }
    const { timeline = [] } = (await store.readCommit(key, 'one')) ?? {};
    expect(timeline.length).toBeLessThanOrEqual(105);
    expect(timeline[0]?.event).toBe('queued');
    expect(timeline.filter(({ event }) => event === 'left-out')).toHaveLength(1);
    expect(timeline.at(-1)).toMatchObject({ event: 'dead-lettered', detail: 'round 50, attempt 5' });
    const deaths = timeline.slice(11).filter(({ event }) => event === 'dead-lettered');
    expect(deaths.length).toBeGreaterThan(10);
  });
});
