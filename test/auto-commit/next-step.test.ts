import { describe, expect, test } from 'vitest';
import { nextStep, type Situation } from '../../lib/auto-commit/next-step.ts';
import { autoCommitPolicySchema, type CommitState, type CommitStatus } from '../../lib/session/index.ts';

const NOW = 10_000_000;
const policy = autoCommitPolicySchema.parse({ messageCount: 10, pendingTokens: 500, idleSeconds: 60 });

function situation(more: Partial<Situation> = {}, pending = { messages: 1, tokens: 5 }): Situation {
  return { state: { policy, pending, notBeforeMs: 0 }, newestAtMs: NOW - 1_000, hasMore: true, ...more };
}

function commit(state: CommitState): CommitStatus {
  return { commitId: 'c', state, keepRecent: 0, requestedAtMs: NOW, timeline: [] };
}

describe('what a policy wants', () => {
  test.each<[string, Situation, ReturnType<typeof nextStep>]>([
    [
      'nothing, when it would take nothing',
      { ...situation(), newestAtMs: undefined } as never,
      { action: 'rest' },
    ],
    ['a check when the session will be idle', situation(), { action: 'check-again', atMs: NOW + 59_000 }],
    [
      'a commit when it is idle',
      situation({ newestAtMs: NOW - 60_000 }),
      { action: 'request', reason: 'idle' },
    ],
    [
      'a commit for the number of messages',
      situation({}, { messages: 10, tokens: 5 }),
      { action: 'request', reason: 'message-count' },
    ],
    [
      'a commit for the tokens',
      situation({}, { messages: 9, tokens: 500 }),
      { action: 'request', reason: 'pending-tokens' },
    ],
    [
      'a check after the least interval',
      situation({ state: { policy, pending: { messages: 10, tokens: 5 }, notBeforeMs: NOW + 7 } }),
      { action: 'check-again', atMs: NOW + 7 },
    ],
    [
      'a check of a commit that is on its way',
      situation({ hasMore: false, requested: commit('queued'), newestAtMs: 0 }),
      { action: 'check-again', atMs: NOW + 300_000 },
    ],
    [
      'nothing after one that is the operator’s',
      situation({ hasMore: false, requested: commit('dead-lettered'), newestAtMs: 0 }),
      { action: 'rest' },
    ],
    [
      'a commit in place of a skipped one, when idle',
      situation(
        { hasMore: false, requested: commit('skipped'), newestAtMs: 0 },
        { messages: 10, tokens: 500 },
      ),
      { action: 'request', reason: 'idle' },
    ],
    [
      'a commit of what was written after an empty one, when idle',
      situation({ hasMore: false, requested: commit('empty'), newestAtMs: 0 }, { messages: 0, tokens: 0 }),
      { action: 'request', reason: 'idle' },
    ],
    [
      'a commit of what another one was asked to leave live, when idle',
      situation({ hasMore: false, requested: commit('archived'), newestAtMs: 0 }, { messages: 0, tokens: 0 }),
      { action: 'request', reason: 'idle' },
    ],
  ])('is %s', (_what, found, step) => {
    expect(nextStep(found, NOW)).toEqual(step);
  });

  test('is nothing before the next append, without a time', () => {
    const thresholds = autoCommitPolicySchema.parse({ idleSeconds: null });
    const state = { policy: thresholds, pending: { messages: 1, tokens: 5 }, notBeforeMs: 0 };
    expect(nextStep(situation({ state, newestAtMs: 0 }), NOW)).toEqual({ action: 'rest' });
  });
});

describe('a policy', () => {
  test('has a default for what it does not say', () => {
    expect(autoCommitPolicySchema.parse({})).toEqual({
      pendingTokens: 150_000,
      messageCount: 100,
      idleSeconds: 86_400,
      keepRecent: 0,
      minIntervalSeconds: 0,
    });
  });

  test.each([
    [{ messageCount: 0 }, 'messageCount'],
    [{ idleSeconds: 59 }, 'idleSeconds'],
    [{ pendingTokens: 1.5 }, 'pendingTokens'],
    [{ minIntervalSeconds: -1 }, 'minIntervalSeconds'],
    [{ keepRecent: 100 }, 'messageCount'],
    [{ every: 5 }, ''],
    [{ messageCount: null, pendingTokens: null, idleSeconds: null }, ''],
  ])('%j is refused', (policy, field) => {
    const parsed = autoCommitPolicySchema.safeParse(policy);
    expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toEqual([field]);
  });
});
