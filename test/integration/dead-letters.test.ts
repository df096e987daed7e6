import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliWorld, cliWorld } from '../cli/cli-world.ts';
import { type ModelServer, modelServer } from '../model/language/model-server.ts';
import { failing, saying } from '../model/language/replies.ts';

const sessions = ['one', 'two', 'three'];

let world: CliWorld;
let server: ModelServer;
let isDown = true;
const resources = new AsyncDisposableStack();
beforeAll(async () => {
  server = resources.use(
    await modelServer(({ response_format: format }) => {
      if (isDown) return failing(503, { headers: { 'retry-after': '1' } });
      return format ? saying({ memories: [] }) : saying('They said hello.');
    }),
  );
  const context = {
    'commitlane:model': 'openai-compatible:small',
    'commitlane:modelUrl': server.baseUrl,
    'commitlane:maxReceiveCount': '2',
  };
  world = resources.use(await cliWorld({ context }));
});
afterAll(() => resources.disposeAsync());

const letters = async () => (await world.ask('dlq', 'list')).document.letters as { readonly id: string }[];

describe('follow-ups whose model is down', () => {
  const commits = new Map<string, string>();

  it('are dead-lettered after their last delivery, and the messages are safe', async () => {
    for (const session of sessions) {
      await world.client.createSession(session);
      await world.say(session, 'hello');
      commits.set(session, (await world.client.requestCommit(session)).commitId);
    }
    for (const [session, commitId] of commits) {
      const { state, archive, timeline } = await world.ended(session, commitId);
      expect({ state, archive }).toEqual({ state: 'dead-lettered', archive: 1 });
      const attempts = timeline.filter(({ step }) => step === 'summary').map(({ attempt }) => attempt);
      expect(attempts).toEqual([1, 2]);
      expect(await world.contents(session)).toEqual({ archives: [['hello']], live: [] });
    }
  });

  it('are listed and explained', async () => {
    await expect.poll(letters).toHaveLength(sessions.length);
    const { stdout } = await world.run('dlq', 'list', '--local');
    for (const session of sessions) expect(stdout).toContain(`acme/${session}`);
    expect(stdout).toContain('model-unavailable');

    const [first] = await letters();
    const shown = await world.run('dlq', 'show', first?.id ?? '', '--local');
    expect(shown.code).toBe(0);
    expect(shown.stdout).toMatch(/attempt 2, summary/);
    expect(shown.stdout).toMatch(/503/);
  });

  it('are not replayed unasked while the model is down, and if so, die again, which the replay says', async () => {
    const planned = await world.ask('dlq', 'replay', '--all', '--dry-run', '--deep');
    expect(planned.document.causes).toContainEqual(
      expect.objectContaining({
        name: 'model',
        status: 'failed',
        whatToDo: '3 letters failed because of it, and would fail again.',
      }),
    );
    const refused = await world.run('dlq', 'replay', '--all', '--local');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/The cause persists: model: .*503/);
    expect(refused.stderr).toMatch(/Replay 3 dead letters on .* anyway\? There is no terminal to ask on/);

    const started = world.start(['dlq', 'replay', '--all', '--yes', '--local', '--no-model']);
    const [session = ''] = sessions;
    const commitId = commits.get(session) ?? '';
    const state = async () => (await world.client.getCommit(session, commitId)).state;
    await expect.poll(state).toBe('retrying');
    const { code, stdout } = await started.ended;
    expect(code).toBe(1);
    expect(stdout).toMatch(/Replayed 3 of 3 dead letters\.\n0 completed, 3 failed again, 0 still running\./);
    for (const one of sessions) expect(stdout).toMatch(new RegExp(`acme/${one} ${commits.get(one)}: .*503`));

    const { timeline } = await world.client.getCommit(session, commitId);
    const round = ['follow-up-failed', 'dead-lettered'];
    expect(timeline.map(({ event }) => event).slice(-5)).toEqual([...round, 'retrying', ...round]);
    await expect.poll(letters).toHaveLength(sessions.length);
  });

  it('are all finished by a replay once the model is back, and a second replay changes nothing', async () => {
    isDown = false;
    const replayed = await world.ask('dlq', 'replay', '--all', '--yes');
    expect(replayed).toMatchObject({
      code: 0,
      document: { resent: sessions.length, followed: { completed: 3, deadAgain: 0, running: 0 } },
    });

    for (const [session, commitId] of commits) {
      await expect
        .poll(async () => (await world.client.getCommit(session, commitId)).state)
        .toBe('completed');
      expect(await world.client.getArchive(session, 1)).toMatchObject({ summary: 'They said hello.' });
    }
    const asked = server.asked.length;
    expect(await world.ask('dlq', 'replay', '--all', '--yes')).toMatchObject({ document: { resent: 0 } });
    expect(server.asked).toHaveLength(asked);
    expect(await letters()).toEqual([]);
  });
});

describe('a limit', () => {
  const setBehindItsBack = (value: string) =>
    world.stack.ssm.send(
      new PutParameterCommand({ Name: '/commitlane/dev/lease.ttlMs', Value: value, Overwrite: true }),
    );
  /** Asks until a function has read its limits again: it keeps what it has read for a minute. */
  const untilLogged = (event: string, pattern: RegExp) =>
    expect
      .poll(
        async () => {
          await world.client.getSession('refused');
          return world.logs.filter((line) => line.includes(`"event":"${event}"`)).join('\n');
        },
        { interval: 1_000 },
      )
      .toMatch(pattern);

  it.each(['0', 'abc', '10'])('is not set to %s by the command line', async (value) => {
    const { code, stderr } = await world.run('limits', 'set', `lease.ttlMs=${value}`, '--local');
    expect(code).toBe(2);
    expect(stderr).toMatch(/lease\.ttlMs must be a whole number of ms from 1000 to 300000/);
  });

  it('that is wrong in the parameters is refused by the functions, which say so and go on', async () => {
    await world.client.createSession('refused');
    await setBehindItsBack('10');
    await untilLogged('limits.rejected', /lease\.ttlMs must be/);
    await world.say('refused', 'hello');
    const { commitId } = await world.client.requestCommit('refused');
    expect(await world.ended('refused', commitId)).toMatchObject({ state: 'completed' });

    expect(world.logs.join('\n')).toMatch(/"_aws".*ConfigRejected/);
  });

  it('that is changed takes effect without a deployment', async () => {
    const set = await world.run('limits', 'set', 'lease.ttlMs=45000', '--local');
    expect(set.code).toBe(0);
    await untilLogged('limits.loaded', /"ttlMs":45000/);
  });
});

describe('messages that nobody can understand', () => {
  it('are moved once, with why, and the commit behind them is done', async () => {
    await world.client.createSession('poisoned');
    await world.say('poisoned', 'hello');
    const poison = ['{"\\u0001":1}', '{"\\ud83d":1}', JSON.stringify({ ['k'.repeat(200_000)]: 1 })];
    for (const [index, MessageBody] of poison.entries()) {
      await world.stack.sqs.send(
        new SendMessageCommand({
          QueueUrl: world.stack.outputs['CommitQueueUrl'],
          MessageGroupId: 'acme#poisoned',
          MessageDeduplicationId: `poison-${index}`,
          MessageBody,
        }),
      );
    }
    const { commitId } = await world.client.requestCommit('poisoned');
    expect(await world.ended('poisoned', commitId)).toMatchObject({ state: 'completed' });
    const { document } = await world.ask('dlq', 'list', '--queue', 'commits', '--deep');
    expect(document.letters.map(({ body }: { body: string }) => body)).toEqual(poison);
    for (const { reason } of document.letters) {
      expect(reason.code).toBe('invalid-message');
      expect(reason.message.length).toBeLessThan(1_000);
    }
  });
});
