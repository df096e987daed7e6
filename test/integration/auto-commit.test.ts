import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalWorld, localWorld } from '../support/local-world.ts';

const HOUR_MS = 60 * 60 * 1000;

let world: LocalWorld;
beforeAll(async () => {
  world = await localWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());

/** As if a session had not been touched for an hour: its stored times are put back. */
async function letAnHourPass(session: string, positions: readonly number[]): Promise<void> {
  const TableName = world.stack.outputs['TableName'];
  const pk = `TENANT#acme#SESSION#${session}`;
  const putBack = (sk: string, attribute: string) =>
    world.stack.dynamodb.send(
      new UpdateCommand({
        TableName,
        Key: { pk, sk },
        UpdateExpression: 'SET #time = #time - :hour',
        ExpressionAttributeNames: { '#time': attribute },
        ExpressionAttributeValues: { ':hour': HOUR_MS },
      }),
    );
  await putBack('META', 'checkAtMs');
  for (const position of positions) {
    await putBack(`LOG#${String(position).padStart(12, '0')}`, 'appendedAtMs');
  }
}

/** The newest commit of a session, once it has ended. */
async function lastCommit(session: string) {
  const { lastArchive, runningCommit } = await world.client.getSession(session);
  const commitId = runningCommit?.commitId ?? lastArchive?.commitId;
  if (commitId === undefined) throw new Error(`nobody has asked for a commit of ${session}`);
  return world.ended(session, commitId);
}

describe('a policy on the embedded stack', () => {
  it('commits the session as soon as it has grown enough', async () => {
    const { client } = world;
    await client.createSession('grows', { autoCommit: { messageCount: 3 } });
    await world.say('grows', 'one', 'two');
    const { autoCommit } = await client.append('grows', [{ role: 'user', content: 'three' }]);

    const commit = await world.ended('grows', autoCommit?.commitId ?? '');

    expect(commit).toMatchObject({ state: 'completed', reason: 'auto-commit: message-count' });
    expect(await world.contents('grows')).toEqual({ archives: [['one', 'two', 'three']], live: [] });
  });

  it('commits it when nobody has written for long enough, as the schedule finds', async () => {
    await world.client.createSession('idles', { autoCommit: { idleSeconds: 3_600, keepRecent: 1 } });
    await world.say('idles', 'one', 'two', 'three');
    await world.stack.runSchedules();
    expect(await world.client.getSession('idles')).not.toHaveProperty('runningCommit');

    await letAnHourPass('idles', [1, 2, 3]);
    await world.stack.runSchedules();

    expect(await lastCommit('idles')).toMatchObject({ state: 'completed', reason: 'auto-commit: idle' });
    expect(await world.contents('idles')).toEqual({ archives: [['one', 'two']], live: ['three'] });
  });

  it('applies to what is live already when it is set later, and to nothing once it is taken away', async () => {
    const { client } = world;
    for (const session of ['late', 'never']) {
      await client.createSession(session);
      await world.say(session, 'one', 'two');
    }
    const policy = { messageCount: 2, pendingTokens: null };
    const { autoCommit } = await client.updateSession('late', { autoCommit: policy });
    expect(autoCommit).toEqual({
      ...policy,
      idleSeconds: 86_400,
      keepRecent: 0,
      minIntervalSeconds: 0,
    });
    await client.updateSession('never', { autoCommit: policy });
    expect(await client.updateSession('never', { autoCommit: null })).not.toHaveProperty('autoCommit');

    await world.stack.runSchedules();

    expect(await lastCommit('late')).toMatchObject({ reason: 'auto-commit: message-count' });
    expect(await world.contents('late')).toEqual({ archives: [['one', 'two']], live: [] });
    expect(await world.client.getSession('never')).not.toHaveProperty('runningCommit');
    expect(await world.contents('never')).toEqual({ archives: [], live: ['one', 'two'] });
  });

  it('says in its log which session it asked for, and why', async () => {
    await expect
      .poll(() => world.logs.filter((line) => line.includes('auto-commit.requested')))
      .toEqual(expect.arrayContaining([expect.stringMatching(/"session":"idles".*"policyCause":"idle"/)]));
  });
});
