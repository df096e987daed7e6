import { describe, expect, it } from 'vitest';
import { commitSession } from '../../lib/commit/index.ts';
import {
  explainLetter,
  inProcessDeadLetterQueue,
  matchesFilter,
  replaysOf,
} from '../../lib/dead-letters/index.ts';
import { retention } from '../../lib/session/index.ts';
import { commitWorld, key } from '../support/commit-world.ts';
import { commitLetter, followUpLetter } from './letters.ts';

const signal = new AbortController().signal;

/** A session with one archive of two messages, and one message behind it. */
async function world() {
  const world = await commitWorld();
  const dead = (kind: 'commits' | 'follow-ups', message: { group: string; body: string }) => {
    const queue = inProcessDeadLetterQueue({ clock: world.clock, kind });
    queue.add(message);
    const [letter] = queue.letters;
    if (!letter) throw new Error('there is no letter');
    return letter;
  };
  await world.append('one');
  await world.append('two');
  await world.clock.runUntil(commitSession(world.context, world.message('first', { through: 2 }), signal));
  await world.append('three');
  return { ...world, dead };
}

describe('what a replay would do', () => {
  it.each([
    ['works', { through: 3 }],
    ['overtaken', { through: 2 }],
    ['gone', { through: 3, session: 'nowhere' }],
  ])('is told for a commit: %s', async (prospect, more) => {
    const { store, dead } = await world();
    expect(await explainLetter(store, dead('commits', commitLetter('late', more)), 0)).toMatchObject({
      prospect,
    });
  });

  it('is told for a commit that takes the messages that are live when it runs', async () => {
    const { store, dead, message } = await world();
    const { through: _, ...body } = message('late');
    const letter = dead('commits', { group: 'acme#chat', body: JSON.stringify(body) });
    expect(await explainLetter(store, letter, 0)).toMatchObject({ prospect: 'takes-later' });
  });

  it('is told for a commit that another delivery has brought to its end', async () => {
    const { store, dead } = await world();
    const letter = dead('commits', commitLetter('first', { through: 2 }));
    expect(await explainLetter(store, letter, 0)).toMatchObject({ prospect: 'done', commit: { archive: 1 } });
  });

  it('is told for follow-ups: the newest archive, and one that has later ones', async () => {
    const { store, dead, context, clock, message } = await world();
    const newest = dead('follow-ups', followUpLetter(1));
    expect(await explainLetter(store, newest, 0)).toMatchObject({ prospect: 'works' });
    await clock.runUntil(commitSession(context, message('second', { through: 3 }), signal));
    expect(await explainLetter(store, newest, 0)).toMatchObject({ prospect: 'behind' });
  });

  it('is told for an archive that is to be extracted once more, whose commit has ended long ago', async () => {
    const { store, dead } = await world();
    const { body, ...letter } = followUpLetter(1);
    const again = { id: 'x', mode: 'merge' };
    const once = dead('follow-ups', { ...letter, body: JSON.stringify({ ...JSON.parse(body), again }) });
    const explained = await explainLetter(store, once, 0);
    expect(explained).toMatchObject({ prospect: 'works' });
    expect(replaysOf([explained])).toEqual([]);
  });

  it('is told for what nobody can understand, with what is wrong with it', async () => {
    const { store, dead } = await world();
    const explained = await explainLetter(
      store,
      dead('commits', { group: 'x', body: '{"tenant":"acme"}' }),
      0,
    );
    expect(explained).toMatchObject({ prospect: 'unreadable', reason: { code: 'invalid-message' } });
    expect(explained.reason?.message).toMatch(/session/);
  });
});

describe('the reason of a letter', () => {
  it('is that of the timeline when the letter has none', async () => {
    const { store, dead, clock } = await world();
    const status = { commitId: 'late', state: 'dead-lettered', keepRecent: 0, requestedAtMs: 1 } as const;
    const timeline = [{ atMs: clock.now(), event: 'dead-lettered', detail: 'The lease was busy.' }];
    await store.putCommit(key, { ...status, timeline }, clock.now() + retention.commitStatusMs);
    const letter = dead('commits', commitLetter('late', { through: 3 }));
    const explained = await explainLetter(store, letter, 0);
    expect(explained.reason).toEqual({ code: 'deliveries-exhausted', message: 'The lease was busy.' });
    expect(matchesFilter(explained, { reason: 'lease was' }, clock.now())).toBe(true);
    expect(matchesFilter(explained, { reason: 'deliveries-exhausted' }, clock.now())).toBe(true);
    expect(matchesFilter(explained, { reason: 'no such' }, clock.now())).toBe(false);
  });
});

describe('a commit whose last worker was killed', () => {
  it('is known to be dead once its time is over', async () => {
    const { store, dead, clock } = await world();
    const status = {
      commitId: 'late',
      state: 'committing',
      keepRecent: 0,
      requestedAtMs: 1,
      timeline: [],
    } as const;
    await store.putCommit(
      key,
      { ...status, lastAttemptUntilMs: 1_000 },
      clock.now() + retention.commitStatusMs,
    );
    const explained = await explainLetter(
      store,
      dead('commits', commitLetter('late', { through: 3 })),
      1_001,
    );
    expect(explained).toMatchObject({ commit: { state: 'dead-lettered' }, prospect: 'works' });
    expect(explained.reason?.message).toMatch(/was killed/);
  });
});

describe('a filter', () => {
  it.each([
    [{}, true],
    [{ tenant: 'acme' }, true],
    [{ tenant: 'other' }, false],
    [{ session: 'chat' }, true],
    [{ session: 'other' }, false],
    [{ commitId: 'late' }, true],
    [{ session: 'chat', commitId: 'other' }, false],
    [{ olderThanMs: 60_000 }, true],
    [{ olderThanMs: 60_001 }, false],
    [{ reason: 'anything' }, false],
  ])('%j takes a commit of acme/chat, dead for a minute: %s', async (filter, expected) => {
    const { dead, clock } = await world();
    const letter = dead('commits', commitLetter('late'));
    expect(matchesFilter({ letter }, filter, clock.now() + 60_000)).toBe(expected);
  });

  it('of a session never takes what nobody can understand', async () => {
    const { dead, clock } = await world();
    const letter = dead('commits', { group: 'acme#chat', body: 'no JSON' });
    expect(matchesFilter({ letter }, { session: 'chat' }, clock.now())).toBe(false);
    expect(matchesFilter({ letter }, {}, clock.now())).toBe(true);
  });
});
