import { describe, expect, it } from 'vitest';
import { viewOf } from '../../cli/display/view.ts';
import { type ReplaySummary, replayLines } from '../../cli/letters/replay-summary.ts';
import { environment } from './streams.ts';

const plain = viewOf(environment().environment.stdout, {});
const letters = [{}, {}] as unknown as ReplaySummary['plan']['letters'];
const summary: ReplaySummary = {
  plan: { letters, unreadable: [], unseen: 0, causes: [] },
  dryRun: false,
  isDeclined: false,
  isStopped: false,
  resent: 2,
  notRemoved: 0,
  unrecorded: 0,
};
const key = { tenant: 'acme', session: 'chat' };
const none = { completed: 0, deadAgain: 0, ended: 0, running: 0, commits: [] };

describe('what came of a replay', () => {
  it('is how many completed, and which are failed again and why, with nothing that a terminal would obey', () => {
    const dead = { ...key, commitId: 'c2', outcome: 'dead-again', detail: 'HTTP 503\u009b31m\n' } as const;
    const followed = {
      ...none,
      completed: 1,
      deadAgain: 1,
      commits: [{ ...key, commitId: 'c1', outcome: 'completed' } as const, dead],
    };
    expect(replayLines(plain, { ...summary, followed })).toEqual([
      'Replayed 2 of 2 dead letters.',
      '1 completed, 1 failed again, 0 still running.',
      '  acme/chat c2: HTTP 503',
    ]);
  });

  it('is what still runs, when the time was over first', () => {
    const running = { ...key, commitId: 'c1', outcome: 'running' } as const;
    const followed = {
      ...none,
      ended: 1,
      running: 1,
      commits: [running, { ...running, outcome: 'ended' as const }],
    };
    expect(replayLines(plain, { ...summary, followed }).slice(1)).toEqual([
      '0 completed, 0 failed again, 1 ended otherwise, 1 still running.',
      'The running commits continue: commits watch follows one.',
    ]);
  });

  it('names ten that are failed again, and counts the rest', () => {
    const commits = Array.from({ length: 13 }, (_, index) => ({
      ...key,
      commitId: `c${index}`,
      outcome: 'dead-again' as const,
    }));
    const lines = replayLines(plain, { ...summary, followed: { ...none, deadAgain: 13, commits } });
    expect(lines).toHaveLength(13);
    expect(lines.at(-1)).toBe('  and 3 more: dlq list shows them');
  });

  it('says nothing of commits when none had anything left to do', () => {
    expect(replayLines(plain, { ...summary, followed: none })).toEqual(['Replayed 2 of 2 dead letters.']);
  });
});
