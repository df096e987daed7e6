import { beforeEach, describe, expect, it } from 'vitest';
import { ProtocolViolationError } from '../../lib/commit/errors.ts';
import { handleCommit } from '../../lib/commit/index.ts';
import { LeaseUnavailableError } from '../../lib/lease/index.ts';
import type { Limits } from '../../lib/limits/index.ts';
import { DeadLetterError, InvalidMessageError } from '../../lib/queue/index.ts';
import { StoreUnavailableError } from '../../lib/store/index.ts';
import { commitWorld, key, policy } from '../support/commit-world.ts';
import { crashAt, InjectedCrash } from '../support/failing-port.ts';

const maxReceiveCount = 3;

let world: Awaited<ReturnType<typeof commitWorld>>;
beforeEach(async () => {
  world = await commitWorld();
  await world.append('one');
});

function deliver({
  commitId = 'c-1',
  receiveCount = 1,
  store = world.store,
  onExhausted = 'retry-later' as Limits['lease']['onExhausted'],
  replay = undefined as string | undefined,
} = {}) {
  const limits = { lease: { ...policy, onExhausted }, commit: { deadlineMs: 300_000 } };
  const body = JSON.stringify(world.message(commitId));
  const delivery = {
    messageId: 'm',
    receiptHandle: 'h',
    group: 'g',
    body,
    receiveCount,
    ...(replay !== undefined && { replay }),
  };
  const signal = new AbortController().signal;
  const handled = handleCommit({ ...world.context, store, limits }, delivery, { maxReceiveCount, signal });
  handled.catch(() => 'the test looks at it');
  return world.clock.runUntil(handled);
}

/** Somebody else holds the session for ten minutes. */
const holdSession = () =>
  world.leases.acquire({
    resource: 'TENANT#acme#SESSION#chat',
    owner: 'somebody',
    token: 't',
    ttlMs: 600_000,
  });

const failingWith = (error: Error) => ({ ...world.store, claim: () => Promise.reject(error) });

describe('a delivery that fails', () => {
  it('leaves the commit as it is while another delivery may succeed', async () => {
    const store = failingWith(new StoreUnavailableError('claim', new Error('throttled')));
    await expect(deliver({ store })).rejects.toThrow(StoreUnavailableError);
    await deliver({ receiveCount: 2 });
    expect(await world.commit('c-1')).toMatchObject({ state: 'archived' });
  });

  it('says so on the commit at the last delivery', async () => {
    const store = failingWith(new StoreUnavailableError('claim', new Error('throttled')));
    await expect(deliver({ store, receiveCount: maxReceiveCount })).rejects.toThrow(StoreUnavailableError);
    const status = await world.commit('c-1');
    expect(status).toMatchObject({ state: 'dead-lettered' });
    expect(status?.timeline.at(-1)?.detail).toContain('throttled');
  });

  it('says so at once when no repetition can help', async () => {
    const store = failingWith(new ProtocolViolationError(key, 'The range does not add up'));
    await expect(deliver({ store })).rejects.toThrow(ProtocolViolationError);
    expect(await world.commit('c-1')).toMatchObject({ state: 'dead-lettered' });
  });

  it('is made good by a replay', async () => {
    const store = failingWith(new ProtocolViolationError(key, 'The range does not add up'));
    await expect(deliver({ store })).rejects.toThrow(ProtocolViolationError);
    await deliver();
    expect(await world.commit('c-1')).toMatchObject({ state: 'archived', archive: 1 });
  });
});

describe('a delivery whose session is gone', () => {
  it('is acknowledged, and does not say that somebody cancelled the commit', async () => {
    const { fence } = await world.store.claim(key);
    await world.store.markDeleted(key, fence, { deletedAtMs: 0, liveFrom: 1 });
    await deliver({ receiveCount: maxReceiveCount });
    const ended = world.events.filter(({ type }) => type === 'commit.ended');
    expect(ended).toMatchObject([{ outcome: 'session-gone' }]);
  });
});

describe('a delivery that cannot be understood', () => {
  const queuedCommit = async (commitId: string) => {
    const { clock, store } = world;
    const requested = { commitId, state: 'queued', keepRecent: 0, requestedAtMs: clock.now() } as const;
    await store.putCommit(key, { ...requested, timeline: [] }, clock.now() + 1_000);
  };
  const refuse = async (change: object) => {
    const body = JSON.stringify({ ...world.message('c-1'), ...change });
    const delivery = { messageId: 'm', receiptHandle: 'h', group: 'g', body, receiveCount: 1 };
    const signal = new AbortController().signal;
    return handleCommit(world.context, delivery, { maxReceiveCount, signal });
  };

  it.each([
    ['a version that it does not know', { version: 2 }],
    ['a number out of range', { keepRecent: 5000 }],
    ['a text for a number', { through: '7' }],
    ['a field left out', { requestedAtMs: undefined }],
  ])('with %s ends its commit', async (_name, change) => {
    await queuedCommit('c-1');
    await expect(refuse(change)).rejects.toThrow(InvalidMessageError);
    const status = await world.commit('c-1');
    expect(status).toMatchObject({ state: 'dead-lettered' });
    expect(status?.timeline.at(-1)?.detail).toContain(Object.keys(change)[0]);
  });

  it.each([
    ['whose commit', { commitId: 7 }],
    ['which session', { session: '' }],
    ['whose tenant', { tenant: '#' }],
  ])('and does not say %s it is changes nothing', async (_name, change) => {
    await queuedCommit('c-1');
    await expect(refuse(change)).rejects.toThrow(InvalidMessageError);
    expect(await world.commit('c-1')).toMatchObject({ state: 'queued' });
  });

  it('makes no commit of one that nobody knows', async () => {
    await expect(refuse({ version: 2 })).rejects.toThrow(InvalidMessageError);
    expect(await world.commit('c-1')).toBeUndefined();
  });

  it('leaves a commit as it is that has ended', async () => {
    await deliver();
    await expect(refuse({ version: 2 })).rejects.toThrow(InvalidMessageError);
    expect(await world.commit('c-1')).toMatchObject({ state: 'archived' });
  });

  it('comes again while its commit cannot be ended', async () => {
    await queuedCommit('c-1');
    const { context } = world;
    const changeCommit = () => Promise.reject(new StoreUnavailableError('changeCommit', new Error('away')));
    world.context = { ...context, store: { ...context.store, changeCommit } };
    await expect(refuse({ version: 2 })).rejects.toThrow(StoreUnavailableError);
    world.context = context;
    await expect(refuse({ version: 2 })).rejects.toThrow(InvalidMessageError);
    expect(await world.commit('c-1')).toMatchObject({ state: 'dead-lettered' });
  });
});

describe('a dead letter that was sent again', () => {
  const throttled = () => failingWith(new StoreUnavailableError('claim', new Error('throttled')));
  const dieAt = (receiveCount: number, replay?: string) =>
    deliver({ store: throttled(), receiveCount, ...(replay !== undefined && { replay }) }).catch(
      () => 'died',
    );

  it('is retrying from the first moment of its delivery on', async () => {
    await dieAt(maxReceiveCount);
    await holdSession();
    await deliver({ replay: 'replayed by ann' }).catch(() => 'the session was busy');
    const status = await world.commit('c-1');
    expect(status).toMatchObject({ state: 'retrying' });
    expect(status?.timeline.at(-1)).toMatchObject({ event: 'retrying', detail: 'replayed by ann' });
  });

  it('has its second death on the timeline, behind the replay', async () => {
    await dieAt(maxReceiveCount);
    for (let attempt = 1; attempt <= maxReceiveCount; attempt += 1) await dieAt(attempt, 'replayed by ann');
    const status = await world.commit('c-1');
    expect(status?.state).toBe('dead-lettered');
    expect(status?.timeline.map(({ event }) => event)).toEqual([
      'dead-lettered',
      'retrying',
      'dead-lettered',
    ]);
  });

  it('is archived when nothing fails any more', async () => {
    await dieAt(maxReceiveCount);
    await deliver({ replay: 'replayed by ann' });
    const status = await world.commit('c-1');
    expect(status).toMatchObject({ state: 'archived', archive: 1 });
    expect(status?.timeline.map(({ event }) => event)).toEqual([
      'dead-lettered',
      'retrying',
      'committing',
      'archived',
    ]);
  });

  it('changes nothing of a commit that has ended', async () => {
    await deliver();
    const before = await world.commit('c-1');
    await deliver({ replay: 'replayed by ann' });
    expect(await world.commit('c-1')).toEqual(before);
  });

  it('does not fill the timeline with what an error says', async () => {
    const store = failingWith(new ProtocolViolationError(key, `\ud83d${'long '.repeat(100_000)}`));
    await deliver({ store }).catch(() => 'died');
    const detail = (await world.commit('c-1'))?.timeline.at(-1)?.detail ?? '';
    expect(detail.length).toBeLessThanOrEqual(300);
    expect(detail.isWellFormed()).toBe(true);
  });
});

describe('a commit whose session stays busy', () => {
  beforeEach(holdSession);

  it('goes back to the queue until just after the holder expires', async () => {
    const error = await deliver().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LeaseUnavailableError);
    const { retry } = error as LeaseUnavailableError;
    expect(retry).toMatchObject({ retryable: true });
    const held = world.leases.leases.get('TENANT#acme#SESSION#chat');
    const untilExpiryMs = (held?.expiresAtMs ?? 0) - world.clock.now();
    expect(retry.retryable && retry.afterMs - untilExpiryMs).toBe(50);
  });

  it('is skipped when the limits say so, and its messages stay live', async () => {
    await deliver({ onExhausted: 'skip' });
    expect(await world.commit('c-1')).toMatchObject({ state: 'skipped' });
    expect(await world.contents()).toEqual({ archives: [], live: ['one'] });
  });

  it('is dead-lettered at once when the limits say so', async () => {
    await expect(deliver({ onExhausted: 'dead-letter' })).rejects.toThrow(DeadLetterError);
    expect(await world.commit('c-1')).toMatchObject({ state: 'dead-lettered' });
  });
});

describe('a commit that died after its seal', () => {
  it.each(['skip', 'dead-letter', 'retry-later'] as const)(
    'is finished under the policy %s, however often it finds its own lease busy',
    async (onExhausted) => {
      for (let call = 1; ; call += 1) {
        world = await commitWorld();
        await world.append('one');
        const crash = crashAt(call, 'after');
        const died = await deliver({ store: crash.wrap(world.store) }).catch((error: unknown) => error);
        if (!crash.crashed) break;
        expect(died).toBeInstanceOf(InjectedCrash);
        await holdSession();
        await deliver({ onExhausted, receiveCount: 2 }).catch((error: unknown) => error);

        await world.clock.advance(600_000);
        await deliver({ onExhausted, receiveCount: maxReceiveCount });
        const status = await world.commit('c-1');
        const { archives, live } = await world.contents();
        expect([...archives.flat(), ...live], `call ${call}`).toEqual(['one']);
        expect(status?.state, `call ${call}`).toBe(archives.length > 0 ? 'archived' : 'skipped');
        const meta = await world.store.readMeta(key);
        expect(meta?.sealed, `call ${call}`).toBeUndefined();
      }
    },
  );
});
