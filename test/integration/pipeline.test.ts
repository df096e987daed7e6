import { randomUUID } from 'node:crypto';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CommitlaneApiError, type CommitView } from '../../lib/client/index.ts';
import type { CommitMessage } from '../../lib/queue/index.ts';
import { isRunning } from '../../lib/session/index.ts';

import { type LocalWorld, localWorld } from '../support/local-world.ts';

let world: LocalWorld;
beforeAll(async () => {
  world = await localWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());

const facts = [
  'My name is Ewa and I live in Gothenburg.',
  'I prefer tea to coffee.',
  'I always go for a run on Tuesday mornings.',
];

/** Sends to the commit queue itself, as a trusted back end may; another group, so that both run at once. */
async function sendBody(body: string, group: string): Promise<void> {
  await world.stack.sqs.send(
    new SendMessageCommand({
      QueueUrl: world.stack.outputs['CommitQueueUrl'],
      MessageBody: body,
      MessageGroupId: group,
      MessageDeduplicationId: randomUUID(),
    }),
  );
}

const sendCommit = (message: CommitMessage, group: string) => sendBody(JSON.stringify(message), group);

/** The bodies on the dead-letter queue of commits. */
async function deadLetters(): Promise<string[]> {
  const { Messages = [] } = await world.stack.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: world.stack.outputs['CommitDeadLetterQueueUrl'],
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 0,
    }),
  );
  return Messages.map(({ Body = '' }) => Body);
}

describe('the pipeline on the embedded stack', () => {
  it('holds the answer about a commit back until it has ended', async () => {
    const { client, stack } = world;
    await client.createSession('held');
    await world.say('held', ...facts);
    const { commitId } = await client.requestCommit('held');
    const headers = { authorization: `Bearer ${await world.tokenOf('ann')}` };
    const address = `${stack.apiUrl}/sessions/held/commits/${commitId}`;
    const ask = async (): Promise<CommitView> =>
      (await fetch(`${address}?waitSeconds=20`, { headers })).json() as Promise<CommitView>;

    let commit = await ask();
    // Only a machine that is very busy needs another wait.
    while (isRunning(commit.state)) commit = await ask();
    expect(commit).toMatchObject({ state: 'completed', archive: 1 });
  });

  it('takes messages from append to archive, summary and memories', async () => {
    const { client } = world;
    const { scope } = await client.createSession('whole');
    await world.say('whole', ...facts);

    const { commitId } = await client.requestCommit('whole');
    const commit = await world.ended('whole', commitId);

    expect(commit).toMatchObject({ state: 'completed', archive: 1 });
    expect(commit.timeline.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['queued', 'committing', 'archived', 'completed']),
    );
    expect(await world.contents('whole')).toEqual({ archives: [facts], live: [] });
    const { summary } = await client.getArchive('whole', 1);
    expect(summary).toMatch(/Gothenburg/);
    const { memories } = await client.listMemories(scope);
    expect(memories.map(({ text }) => text).join('\n')).toMatch(/Ewa/);
    expect(memories.length).toBeGreaterThan(0);
    for (const { by } of memories)
      expect(by).toMatchObject({ kind: 'archive', session: 'whole', archive: 1 });
  });

  it('lists sessions and commits with what has become of them, and no session that is deleted', async () => {
    const { client } = world;
    for (const name of ['listed', 'forgotten']) {
      await client.createSession(name, { scope: 'lists', title: `The ${name} one` });
      await world.say(name, 'one');
    }
    const { commitId } = await client.requestCommit('listed');
    await world.ended('listed', commitId);
    await client.deleteSession('forgotten');

    const sessions = await Array.fromAsync(client.sessions({ scope: 'lists' }));
    expect(sessions).toMatchObject([
      {
        sessionId: 'listed',
        title: 'The listed one',
        appendedMessages: 1,
        liveAppends: 0,
        archiveCount: 1,
        lastCommit: { commitId, state: 'completed', archive: 1 },
      },
    ]);
    const ofTenant = await Array.fromAsync(client.sessions({ limit: 2 }));
    expect(ofTenant.map(({ sessionId }) => sessionId)).toContain('listed');
    expect(ofTenant.map(({ sessionId }) => sessionId)).not.toContain('forgotten');
    const commits = await Array.fromAsync(client.commits('listed'));
    expect(commits).toEqual([await client.getCommit('listed', commitId)]);
  });

  it('answers a repeated commit request with the same commit, which archives once', async () => {
    await world.client.createSession('repeated');
    await world.say('repeated', 'one');

    const requests = await Promise.all(
      [1, 2, 3].map(() => world.client.requestCommit('repeated', { idempotencyKey: 'the-same' })),
    );

    const ids = new Set(requests.map(({ commitId }) => commitId));
    expect(ids.size).toBe(1);
    for (const id of ids) await world.ended('repeated', id);
    expect(await world.contents('repeated')).toEqual({ archives: [['one']], live: [] });
  });

  it('ends a commit of a session with nothing live as empty, without an archive', async () => {
    await world.client.createSession('empty');
    const { commitId } = await world.client.requestCommit('empty');

    expect(await world.ended('empty', commitId)).toMatchObject({ state: 'empty' });
    expect(await world.contents('empty')).toEqual({ archives: [], live: [] });
  });

  it('makes one archive of two commits that run at the same time', async () => {
    await world.client.createSession('twice');
    await world.say('twice', 'one', 'two');
    const request = { tenant: 'acme', session: 'twice', keepRecent: 0, requestedAtMs: Date.now() };

    await Promise.all([
      sendCommit({ ...request, commitId: 'first' }, 'group-1'),
      sendCommit({ ...request, commitId: 'second' }, 'group-2'),
    ]);
    // The status of a commit that came by queue is there once a worker has begun it.
    await expect.poll(() => existing('twice', ['first', 'second'])).toBe(true);
    const states = await Promise.all(
      ['first', 'second'].map(async (id) => (await world.ended('twice', id)).state),
    );

    expect(states.sort()).toEqual(['completed', 'empty']);
    expect(await world.contents('twice')).toEqual({ archives: [['one', 'two']], live: [] });
  });

  it('leaves the last messages live when it is asked to', async () => {
    await world.client.createSession('recent');
    await world.say('recent', 'one', 'two', 'three');
    const { commitId } = await world.client.requestCommit('recent', { keepRecent: 2 });
    await world.ended('recent', commitId);

    expect(await world.contents('recent')).toEqual({ archives: [['one']], live: ['two', 'three'] });
  });

  it('dead-letters what is no commit at once, and says why', async () => {
    const body = JSON.stringify({ tenant: 'acme', commitId: 'no-session' });
    await sendBody(body, 'group-3');

    await expect.poll(deadLetters).toContain(body);
    expect(world.logs.join('\n')).toMatch(/session/);
  });
});

async function existing(session: string, commitIds: readonly string[]): Promise<boolean> {
  try {
    await Promise.all(commitIds.map((id) => world.client.getCommit(session, id)));
    return true;
  } catch (error) {
    if (error instanceof CommitlaneApiError && error.status === 404) return false;
    throw error;
  }
}
