import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CommitlaneApiError } from '../../lib/client/index.ts';
import { enqueueCommit } from '../../lib/enqueue/index.ts';
import { type LocalWorld, localWorld } from '../support/local-world.ts';

let world: LocalWorld;
beforeAll(async () => {
  world = await localWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());

const queue = () => ({ client: world.stack.sqs, queueUrl: world.stack.outputs['CommitQueueUrl'] ?? '' });

/** Waits until a worker has begun the commit, which makes its status, and then until it has ended. */
async function ended(session: string, commitId: string) {
  await expect
    .poll(() =>
      world.client.getCommit(session, commitId).then(
        () => 'known',
        (error: unknown) => (error instanceof CommitlaneApiError ? error.code : error),
      ),
    )
    .toBe('known');
  return world.ended(session, commitId);
}

describe('a commit that a back end enqueues on the embedded stack', () => {
  it('archives what is live, up to the position that it names', async () => {
    await world.client.createSession('worker');
    await world.say('worker', 'one', 'two');
    const { position } = await world.client.append('worker', [{ role: 'user', content: 'three' }]);
    await world.say('worker', 'four');

    const { commitId } = await enqueueCommit(queue(), {
      tenant: 'acme',
      session: 'worker',
      through: position,
    });

    expect(await ended('worker', commitId)).toMatchObject({ state: 'completed', archive: 1 });
    expect(await world.contents('worker')).toEqual({ archives: [['one', 'two', 'three']], live: ['four'] });
  });

  it('is one with the commit that the API requests with the same key', async () => {
    await world.client.createSession('both');
    await world.say('both', 'one');
    const request = { tenant: 'acme', session: 'both', idempotencyKey: 'once' };
    const { commitId } = await enqueueCommit(queue(), request);
    await ended('both', commitId);
    await world.say('both', 'two');

    const again = await world.client.requestCommit('both', { idempotencyKey: 'once' });

    expect(again).toMatchObject({ commitId, state: 'completed', existing: true });
    expect(await world.contents('both')).toEqual({ archives: [['one']], live: ['two'] });
  });

  it('of a session that there is not changes nothing, and holds nothing up', async () => {
    await enqueueCommit(queue(), { tenant: 'acme', session: 'nobody' });
    await world.client.createSession('somebody');
    await world.say('somebody', 'one');
    const { commitId } = await enqueueCommit(queue(), { tenant: 'acme', session: 'somebody' });
    expect(await ended('somebody', commitId)).toMatchObject({ state: 'completed' });
    await expect(world.client.getSession('nobody')).rejects.toMatchObject({ code: 'session-not-found' });
  });
});
