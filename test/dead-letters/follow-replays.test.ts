import { describe, expect, it } from 'vitest';
import { type FollowedReplay, followReplays, type Replay, replaysOf } from '../../lib/dead-letters/index.ts';
import type { CommitStatus } from '../../lib/session/index.ts';
import { inProcessSessionStore, StoreUnavailableError } from '../../lib/store/index.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { commitLetter, deadCommit, followUpLetter } from './letters.ts';

const startMs = fakeClock().now();
const key = { tenant: 'acme', session: 'chat' };
const replay = (commitId: string): Replay => ({ ...key, commitId, seen: deadCommit(commitId).timeline });
const turned = (commitId: string, state: CommitStatus['state'], detail?: string) =>
  deadCommit(commitId, {
    state,
    timeline: [
      ...deadCommit(commitId).timeline,
      { atMs: startMs, event: 'retrying' },
      { atMs: startMs, event: state, ...(detail !== undefined && { detail }) },
    ],
  });

/** Follows commits whose status is what `read` says, each time it is asked for. */
function follow(
  ids: readonly string[],
  read: (commitId: string, look: number) => CommitStatus | undefined,
  { timeoutMs = 60_000, signal = new AbortController().signal } = {},
) {
  const clock = fakeClock();
  const looks = new Map<string, number>();
  const progress: string[] = [];
  const store = {
    ...inProcessSessionStore(),
    async readCommit(_key: object, commitId: string) {
      const look = (looks.get(commitId) ?? 0) + 1;
      looks.set(commitId, look);
      return read(commitId, look);
    },
  };
  const onProgress = (followed: readonly FollowedReplay[]) =>
    progress.push(followed.map(({ outcome }) => outcome).join(' '));
  const context = { store, clock, signal, timeoutMs, onProgress };
  const startedAtMs = clock.now();
  const following = clock.runUntil(followReplays(context, ids.map(replay)));
  return { following, looks, progress, clock, tookMs: () => clock.now() - startedAtMs };
}

describe('following a replay through', () => {
  it('ends when each commit has completed or failed again, and says which and why', async () => {
    const { following, progress } = follow(['one', 'two', 'three'], (id, look) => {
      if (look < 3) return turned(id, look === 1 ? 'retrying' : 'committing');
      if (id === 'one') return turned(id, 'completed');
      return id === 'two' ? turned(id, 'dead-lettered', 'The model is down.') : turned(id, 'empty');
    });
    expect(await following).toEqual([
      { ...key, commitId: 'one', outcome: 'completed', state: 'completed' },
      {
        ...key,
        commitId: 'two',
        outcome: 'dead-again',
        state: 'dead-lettered',
        detail: 'The model is down.',
      },
      { ...key, commitId: 'three', outcome: 'completed', state: 'empty' },
    ]);
    expect(progress).toEqual([
      'running running running',
      'running running running',
      'completed dead-again completed',
    ]);
  });

  it('does not take the death before the replay for a new one', async () => {
    const { following } = follow(['one'], (id, look) =>
      look < 5 ? deadCommit(id) : turned(id, 'completed'),
    );
    expect(await following).toMatchObject([{ outcome: 'completed' }]);
  });

  it('ends when its time is over', async () => {
    const { following, tookMs } = follow(['one'], (id) => turned(id, 'committing'), { timeoutMs: 20_000 });
    expect(await following).toMatchObject([{ outcome: 'running', state: 'committing' }]);
    expect(tookMs()).toBe(20_000);
  });

  it('ends at once when it is stopped', async () => {
    const stop = new AbortController();
    const read = (id: string, look: number) => {
      if (look === 2) stop.abort(new Error('enough'));
      return turned(id, 'committing');
    };
    const { following, looks } = follow(['one'], read, { signal: stop.signal });
    expect(await following).toMatchObject([{ outcome: 'running' }]);
    expect(looks.get('one')).toBe(2);
  });

  it('goes on when the database does not answer for a while', async () => {
    const { following } = follow(['one'], (id, look) => {
      if (look < 3) throw new StoreUnavailableError('readCommit', new Error('throttled'));
      return turned(id, 'completed');
    });
    expect(await following).toMatchObject([{ outcome: 'completed' }]);
  });

  it('sees that a session was deleted meanwhile', async () => {
    expect(await follow(['one'], () => undefined).following).toMatchObject([{ outcome: 'ended' }]);
  });

  it('looks at no commit again that has ended, and more seldom while nothing ends', async () => {
    const { following, looks } = follow(
      ['one', 'two'],
      (id, look) => (id === 'one' || look === 10 ? turned(id, 'completed') : turned(id, 'committing')),
      { timeoutMs: 600_000 },
    );
    await following;
    expect([looks.get('one'), looks.get('two')]).toEqual([1, 10]);
  });
});

describe('what is followed', () => {
  const explained = (more: object) => ({ prospect: 'works', ...more }) as never;
  const letter = (content: object) => ({ id: 'l', kind: 'commits', group: 'g', body: '', content });
  const parse = ({ body }: { body: string }) => JSON.parse(body) as object;

  it('is each commit once, and none of which a replay changes nothing', () => {
    const commit = { letter: letter({ type: 'commit', message: parse(commitLetter('one')) }) };
    const followUp = {
      letter: letter({ type: 'follow-up', message: parse(followUpLetter(1, { commitId: 'one' })) }),
    };
    const others = (['done', 'gone', 'unreadable'] as const).map((prospect) =>
      explained({
        prospect,
        letter: letter(
          prospect === 'unreadable'
            ? { type: 'unreadable', problem: 'p' }
            : { type: 'commit', message: parse(commitLetter(prospect)) },
        ),
      }),
    );
    expect(replaysOf([explained(commit), explained(followUp), ...others])).toEqual([
      { ...key, commitId: 'one' },
    ]);
  });
});
