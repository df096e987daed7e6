import { beforeEach, describe, expect, it } from 'vitest';
import {
  CommitNotCancellableError,
  CommitNotFoundError,
  cancelCommit,
  commitSession,
  requestCommit,
} from '../../lib/commit/index.ts';
import type { CommitMessage } from '../../lib/queue/index.ts';
import { SessionNotFoundError } from '../../lib/store/index.ts';
import { commitWorld, key, recordingSender } from '../support/commit-world.ts';
import { crashAt, InjectedCrash } from '../support/failing-port.ts';

let world: Awaited<ReturnType<typeof commitWorld>>;
let commits: ReturnType<typeof recordingSender<CommitMessage>>;
let context: Parameters<typeof requestCommit>[0];
beforeEach(async () => {
  world = await commitWorld();
  commits = recordingSender<CommitMessage>();
  context = { store: world.store, commits, clock: world.clock, newId: world.log.newId };
});

const queued = () => [...commits.sent.values()];

async function run(message: CommitMessage) {
  return commitSession(world.context, message, new AbortController().signal);
}

describe('requesting a commit', () => {
  it('covers what was appended before, and nothing that comes after', async () => {
    await world.append('before');
    await requestCommit(context, key, {});
    await world.append('after');

    for (const message of queued()) await run(message);

    expect(await world.contents()).toEqual({ archives: [['before']], live: ['after'] });
  });

  it('is answered with the queued commit that asks for as much', async () => {
    await world.append('one');
    const first = await requestCommit(context, key, {});
    const second = await requestCommit(context, key, {});

    expect(second).toEqual({ commitId: first.commitId, state: 'queued', existing: true });
    expect(queued()).toHaveLength(1);
  });

  it('is answered with a commit of which nothing was heard for a minute only after its message is sent again', async () => {
    await world.append('one');
    const first = await requestCommit(context, key, {});
    commits.sent.clear();
    await world.clock.advance(59_999);
    await requestCommit(context, key, {});
    expect(queued()).toEqual([]);

    await world.clock.advance(1);
    expect(await requestCommit(context, key, {})).toEqual({ ...first, existing: true });
    expect(queued()).toHaveLength(1);
    expect((await world.commit(first.commitId))?.timeline.at(-1)).toEqual({
      atMs: world.clock.now(),
      event: 'sent-again',
      detail: 'it had shown no activity for 60 s',
    });
    for (const message of queued()) await run(message);
    expect(await world.contents()).toEqual({ archives: [['one']], live: [] });
  });

  it('sends the message again once for all who ask in the same minute', async () => {
    await world.append('one');
    await requestCommit(context, key, {});
    commits.sent.clear();
    await world.clock.advance(60_000);
    await Promise.all(Array.from({ length: 5 }, () => requestCommit(context, key, {})));
    await requestCommit(context, key, {});
    expect(queued()).toHaveLength(1);
  });

  it('sends the message again of a commit that began and was not heard of since', async () => {
    await world.append('one');
    const { commitId } = await requestCommit(context, key, { idempotencyKey: 'k' });
    const entry = { atMs: world.clock.now() };
    await world.store.changeCommit(key, commitId, { transition: 'start', entry });
    commits.sent.clear();
    await world.clock.advance(60_000);

    for (const request of [{}, { idempotencyKey: 'k' }]) {
      expect(await requestCommit(context, key, request)).toEqual({
        commitId,
        state: 'committing',
        existing: true,
      });
    }
    expect(queued()).toHaveLength(1);
    for (const message of queued()) await run(message);
    expect(await world.commit(commitId)).toMatchObject({ state: 'archived' });
  });

  it('does not end a commit that ended while its message was sent again', async () => {
    await world.append('one');
    const { commitId } = await requestCommit(context, key, {});
    const [message] = queued();
    await world.clock.advance(60_000);
    const racing: typeof commits = {
      ...commits,
      async send(sent) {
        if (message) await run(message);
        await commits.send(sent);
      },
    };
    await requestCommit({ ...context, commits: racing }, key, {});
    expect(await world.commit(commitId)).toMatchObject({ state: 'archived', archive: 1 });
    for (const again of queued()) await run(again);
    expect(await world.contents()).toEqual({ archives: [['one']], live: [] });
    expect((await world.commit(commitId))?.timeline.map(({ event }) => event)).not.toContain('sent-again');
  });

  it('makes another commit when more was appended meanwhile, or when fewer messages shall stay live', async () => {
    await world.append('one');
    const first = await requestCommit(context, key, { keepRecent: 3 });
    const second = await requestCommit(context, key, { keepRecent: 1 });
    await world.append('two');
    const third = await requestCommit(context, key, { keepRecent: 1 });

    expect(new Set([first, second, third].map(({ commitId }) => commitId)).size).toBe(3);
  });

  it('makes another commit once the earlier one has sealed', async () => {
    await world.append('one');
    const first = await requestCommit(context, key, {});
    for (const message of queued()) await run(message);
    const second = await requestCommit(context, key, {});

    expect(second.commitId).not.toBe(first.commitId);
    expect(second.existing).toBe(false);
  });

  it('with the same idempotency key is the same commit, also long after it ended', async () => {
    await world.append('one');
    const first = await requestCommit(context, key, { idempotencyKey: 'k' });
    for (const message of queued()) await run(message);
    await world.append('two');
    const second = await requestCommit(context, key, { idempotencyKey: 'k' });

    expect(second).toEqual({ commitId: first.commitId, state: 'archived', existing: true });
    expect(queued()).toHaveLength(1);
    expect((await world.contents()).live).toEqual(['two']);
  });

  it('that was cut off anywhere queues the commit when it is repeated, for what was live at first', async () => {
    for (const fault of ['before', 'after'] as const) {
      for (let call = 1; ; call += 1) {
        world = await commitWorld();
        commits = recordingSender<CommitMessage>();
        await world.append('one');
        const crash = crashAt(call, fault);
        const base = { clock: world.clock, newId: world.log.newId };
        const request = { idempotencyKey: 'k' };
        const cut = { ...base, store: crash.wrap(world.store), commits: crash.wrap(commits) };
        const outcome = await requestCommit(cut, key, request).catch((error: unknown) => error);
        if (!crash.crashed) break;
        expect(outcome).toBeInstanceOf(InjectedCrash);

        await requestCommit({ ...base, store: world.store, commits }, key, request);
        for (const message of queued()) await run(message);
        expect(await world.contents(), `call ${call} ${fault}`).toEqual({ archives: [['one']], live: [] });
      }
    }
  });

  it('of a session that there is not says so, and queues nothing', async () => {
    await expect(requestCommit(context, { ...key, session: 'nowhere' }, {})).rejects.toThrow(
      SessionNotFoundError,
    );
    expect(queued()).toEqual([]);
  });
});

describe('cancelling a commit', () => {
  it('keeps a queued one from archiving anything', async () => {
    await world.append('one');
    const { commitId } = await requestCommit(context, key, {});

    expect(await cancelCommit(context, key, commitId)).toMatchObject({ state: 'cancelled' });
    expect(await cancelCommit(context, key, commitId)).toMatchObject({ state: 'cancelled' });
    for (const message of queued()) expect(await run(message)).toMatchObject({ state: 'cancelled' });

    expect(await world.contents()).toEqual({ archives: [], live: ['one'] });
  });

  it('is refused once it has run', async () => {
    await world.append('one');
    const { commitId } = await requestCommit(context, key, {});
    for (const message of queued()) await run(message);

    await expect(cancelCommit(context, key, commitId)).rejects.toThrow(CommitNotCancellableError);
    expect(await world.commit(commitId)).toMatchObject({ state: 'archived' });
  });

  it('that nobody asked for is not found', async () => {
    await expect(cancelCommit(context, key, 'nothing')).rejects.toThrow(CommitNotFoundError);
  });
});
