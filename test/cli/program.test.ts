import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PurgeQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moveTasks } from '../support/move-tasks.ts';
import { sqsDouble } from '../support/sqs-double.ts';
import { type CliWorld, cliWorld } from './cli-world.ts';
import { fakeAws } from './fake-aws.ts';

let world: CliWorld;
beforeAll(async () => {
  world = await cliWorld();
});
afterAll(() => world?.[Symbol.asyncDispose]());

const acme = ['--tenant', 'acme'] as const;
/** At one a second, more than a test needs to see that a replay is under way, however busy the machine is. */
const LETTERS_OF_A_LONG_REPLAY = 60;

describe('the command line on a local stack', () => {
  it('appends, commits, and shows what came of it', async () => {
    const { ask, run } = world;
    expect(await ask('append', 'whole', 'I live in Oslo.', ...acme, '--create', 'ann')).toMatchObject({
      code: 0,
      document: { position: 1, duplicate: false },
    });
    const file = path.join(world.folder, 'messages.jsonl');
    await writeFile(file, '{"role":"user","content":"two"}\n\n{"role":"assistant","content":"three"}\n');
    expect(await ask('append', 'whole', '--file', file, ...acme)).toMatchObject({
      document: { position: 2 },
    });

    const committed = await ask('commit', 'whole', ...acme, '--reason', 'a test', '--watch');
    expect(committed).toMatchObject({
      code: 0,
      document: { state: 'completed', archive: 1, reason: 'a test' },
    });
    const { commitId } = committed.document;
    const shown = await run('commits', 'show', 'whole', commitId, ...acme, '--local');
    expect(shown.stdout).toMatch(/queued[\s\S]*committing[\s\S]*archived[\s\S]*completed/);

    const session = await run('sessions', 'show', 'whole', ...acme, '--local');
    expect(session.stdout).toMatch(/live\s+nothing/);
    expect(session.stdout).toMatch(new RegExp(`${commitId}\\s+completed\\s+1`));

    const listed = await ask('sessions', 'list', ...acme, '--scope', 'ann', '--limit', '1');
    expect(listed).toMatchObject({ code: 0, document: { tenant: 'acme', scope: 'ann', unreadable: [] } });
    expect(listed.document.sessions).toMatchObject([
      { sessionId: 'whole', appendedMessages: 3, liveAppends: 0, archiveCount: 1 },
    ]);
    expect(listed.document.sessions[0].lastCommit).toMatchObject({ commitId, state: 'completed' });
    const lines = (await run('sessions', 'list', ...acme, '--local')).stdout;
    expect(lines).toMatch(/whole\s+ann\s+\d+ \w+ ago\s+3\s+-\s+1\s+completed/);
    const found = await ask('sessions', 'search', 'whole', 'where in Oslo', ...acme);
    const [hit] = found.document.hits;
    expect(hit).toMatchObject({ state: 'archived', archive: 1, snippet: 'I live in Oslo.' });
    expect(await ask('verify', 'whole', ...acme)).toMatchObject({
      code: 0,
      document: { problems: 0, sessions: 1 },
    });
    expect(await world.contents('whole')).toEqual({
      archives: [['I live in Oslo.', 'two', 'three']],
      live: [],
    });
  });

  it("means npm start's own tenant where none is named, and another one where one is", async () => {
    const { ask, run } = world;
    await ask('append', 'mine', 'one', '--create', 'ann');
    const { document } = await ask('commit', 'mine', '--watch');
    expect(await ask('commits', 'show', 'mine', document.commitId)).toMatchObject({
      document: { state: 'completed' },
    });
    expect(await ask('commits', 'watch', 'mine', document.commitId)).toMatchObject({ code: 0 });
    expect(await ask('sessions', 'show', 'mine')).toMatchObject({ code: 0 });
    expect(await ask('verify', 'mine')).toMatchObject({ document: { sessions: 1, problems: 0 } });
    expect(await ask('verify', '--scope', 'ann')).toMatchObject({ document: { scopes: 1, problems: 0 } });
    expect(await ask('verify', '--erased', 'mine')).toMatchObject({
      code: 2,
      document: { error: { code: 'session-not-deleted' } },
    });
    expect((await world.contents('mine')).archives).toEqual([['one']]);
    expect((await run('sessions', 'show', 'mine', '--tenant', 'other', '--local')).code).toBe(1);
  });

  it('prints a token that the API takes, and nothing else', async () => {
    const { run, ask } = world;
    const api = (token: string) =>
      fetch(`${world.stack.apiUrl}/sessions/token`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${token}` },
      });
    const { code, stdout, stderr } = await run('token', '--local');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(await (await api(stdout.trim())).json()).toMatchObject({ scope: 'ann' });
    const other = await ask('token', '--tenant', 'other', '--sub', 'bo', '--ttl', '5m');
    expect(other.document).toMatchObject({ tenant: 'other', sub: 'bo' });
    const opened = await api(other.document.token);
    expect(opened.status).toBe(201);
    expect(await opened.json()).toMatchObject({ scope: 'bo' });
  });

  it('refuses to cancel a commit that has ended, and says so in both ways', async () => {
    const { ask, run } = world;
    await ask('append', 'ended', 'one', ...acme, '--create', 'ann');
    const { document } = await ask('commit', 'ended', ...acme, '--watch');
    const cancelled = await run(
      'commits',
      'cancel',
      'ended',
      document.commitId,
      ...acme,
      '--local',
      '--json',
    );
    expect(cancelled.code).toBe(1);
    expect(cancelled.stderr).toMatch(/is completed; only a queued one can be cancelled/);
    expect(JSON.parse(cancelled.stdout)).toMatchObject({ error: { code: 'commit-not-cancellable' } });
  });

  it('lists dead letters, shows one, copies them to a file, replays them, and says who did', async () => {
    const { ask, run, giveUp, putStatus } = world;
    await ask('append', 'dead', 'one', ...acme, '--create', 'ann');
    const commit = { tenant: 'acme', session: 'dead', keepRecent: 0, through: 1 };
    await giveUp('dead', { ...commit, commitId: 'newer', requestedAtMs: 2 });
    await giveUp('dead', { ...commit, commitId: 'older', requestedAtMs: 1 });
    await putStatus('dead', 'older');
    await putStatus('dead', 'newer');
    await giveUp('raw', 'nobody understands this');

    const listed = await run('dlq', 'list', '--local', '--deep');
    expect(listed.code).toBe(0);
    expect(listed.stdout).toMatch(
      /commits\s+acme\/dead\s+newer\s+\d+ s\s+works\s+lease-unavailable: The lease was busy\./,
    );
    expect(listed.stdout).toMatch(/3 dead letters\./);

    const { document } = await ask('dlq', 'list', '--deep', '--session', 'dead', '--commit', 'older');
    expect(document.letters).toHaveLength(1);
    const shown = await ask('dlq', 'show', document.letters[0].id, '--deep');
    expect(shown.document).toMatchObject({ commitId: 'older', prospect: 'works' });

    const file = path.join(world.folder, 'letters.jsonl');
    expect(await ask('dlq', 'export', file, '--deep')).toMatchObject({ code: 0, document: { exported: 3 } });
    expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(3);
    expect(await run('dlq', 'export', file, '--local')).toMatchObject({ code: 2 });

    const planned = await ask('dlq', 'replay', '--all', '--dry-run', '--deep');
    expect(planned.document.letters.map(({ commitId }: { commitId: string }) => commitId)).toEqual([
      'older',
      'newer',
    ]);
    expect(planned.document).toMatchObject({ resent: 0, unreadable: [{ body: 'nobody understands this' }] });

    const replayed = await run('dlq', 'replay', '--all', '--local');
    expect(replayed).toMatchObject({ code: 0 });
    expect(replayed.stdout).toMatch(
      /Replayed 2 of 2 dead letters\.\n2 completed, 0 failed again, 0 still running\.\nLeft where it is.*nobody understands this/,
    );
    const ended = await ask('commits', 'watch', 'dead', 'older', ...acme);
    expect(ended.document).toMatchObject({ state: 'completed', archive: 1 });
    expect(ended.document.timeline).toContainEqual({
      at: expect.any(String),
      event: 'retrying',
      detail: expect.stringMatching(/^replayed by local user .*; it had failed with lease-unavailable$/),
    });
    await ask('commits', 'watch', 'dead', 'newer', ...acme);
    expect(await world.contents('dead')).toEqual({ archives: [['one']], live: [] });
    const left = await ask('dlq', 'list', '--deep');
    expect(left.document.letters).toMatchObject([
      { body: 'nobody understands this', prospect: 'unreadable' },
    ]);
    expect(await run('dlq', 'replay', '--all', '--native', '--yes', '--local')).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/commits: 0 of 1 dead letter moved, REFUSED: .*Replay without --native/),
    });
  });

  it.each([
    [['verify', 'typo']],
    [['sessions', 'show', 'typo']],
    [['commits', 'show', 'typo', 'c1']],
    [['commits', 'watch', 'typo', 'c1']],
    [['commits', 'cancel', 'typo', 'c1']],
    [['append', 'typo', 'hello']],
    [['commit', 'typo']],
    [['commit', 'typo', '--watch']],
  ])('says that there is no such session: %s', async (args) => {
    const { code, stdout, stderr } = await world.run(...args, ...acme, '--local');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^There is no session 'typo'\./);
    expect(stderr).not.toMatch(/META|point-in-time/);
  });

  it('shows letters that nobody can understand, whatever they say of themselves', async () => {
    const { run, stack } = world;
    const hostile = {
      commitlaneDeadSinceMs: 'NaN<b>',
      commitlaneLetterId: '<b>\u009b31m',
      reasonCode: '\u009b2J',
      reason: 'x'.repeat(5_000),
    };
    await stack.sqs.send(
      new SendMessageCommand({
        QueueUrl: stack.outputs['FollowUpDeadLetterQueueUrl'],
        MessageGroupId: 'hostile',
        MessageDeduplicationId: 'hostile',
        MessageBody: '{"tenant":"\u009b31m","\u202e":1}',
        MessageAttributes: Object.fromEntries(
          Object.entries(hostile).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
        ),
      }),
    );
    const of = ['--queue', 'follow-ups', '--local'];
    const listed = await run('dlq', 'list', ...of, '--json');
    const id = JSON.parse(listed.stdout).letters[0].id;
    const file = path.join(world.folder, 'hostile.jsonl');
    const shown = [
      listed,
      await run('dlq', 'list', ...of),
      await run('dlq', 'show', id, '--local'),
      await run('dlq', 'export', file, ...of),
      await run('dlq', 'replay', '--all', '--dry-run', '--deep', ...of),
    ];
    for (const { code, stdout, stderr } of shown) {
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
    }
    expect(shown[2]?.stdout).toContain('{"tenant":"\\u{9b}31m","\\u{202e}":1}');
    expect(await readFile(file, 'utf8')).toContain('hostile');

    // Nobody can understand it again, but somebody may insist.
    const forced = await world.ask('dlq', 'replay', '--all', '--queue', 'follow-ups', '--force', '--yes');
    expect(forced).toMatchObject({ code: 0, document: { resent: 1, unreadable: [] } });
    const again = async () => (await world.ask('dlq', 'list', '--queue', 'follow-ups')).document.letters;
    await expect.poll(again).toMatchObject([{ prospect: 'unreadable', reason: { code: 'invalid-message' } }]);
    await stack.sqs.send(new PurgeQueueCommand({ QueueUrl: stack.outputs['FollowUpDeadLetterQueueUrl'] }));
  });

  it('says how many letters SQS has moved by itself, and fails when some are left', async () => {
    const replay = async (looks: Parameters<typeof moveTasks>[0]['looks'], ...more: string[]) => {
      const { started, ...actions } = moveTasks({ looks });
      await using sqs = await sqsDouble(actions);
      await using aws = await fakeAws(world.stack.stackName, {
        ...world.stack.outputs,
        CommitQueueUrl: `${sqs.endpoint}/0/commits.fifo`,
        CommitDeadLetterQueueUrl: `${sqs.endpoint}/0/dead-commits.fifo`,
      });
      const environment = {
        ...world.stack.endpoints,
        AWS_ENDPOINT_URL_SQS: sqs.endpoint,
        AWS_ENDPOINT_URL_CLOUDFORMATION: aws.endpoint,
        AWS_ENDPOINT_URL_STS: aws.endpoint,
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
      };
      const where = ['--stack', world.stack.stackName, '--region', 'us-east-1', '--queue', 'commits'];
      const ended = await world.start(
        ['dlq', 'replay', '--all', '--native', '--yes', ...where, ...more],
        environment,
      ).ended;
      return { ...ended, started };
    };
    const none = await replay([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 0 }]);
    expect(none.code).toBe(1);
    expect(none.stdout).toMatch(
      /commits: 0 of 3 dead letters moved, COMPLETED\.\nTo move letters, you need sqs:ReceiveMessage/,
    );
    expect(none.started).toHaveLength(1);
    const failed = await replay([
      { Status: 'FAILED', ApproximateNumberOfMessagesMoved: 2, FailureReason: 'AccessDenied' },
    ]);
    expect(failed).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/2 of 3 .* moved, FAILED: AccessDenied/),
    });
    const running = [{ Status: 'RUNNING', ApproximateNumberOfMessagesMoved: 1 }];
    expect(await replay(running, '--wait-seconds', '1')).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/1 of 3 dead letters moved, RUNNING/),
    });
    expect(await replay(running, '--no-wait')).toMatchObject({ code: 0 });
    expect(await replay([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 3 }])).toMatchObject({
      code: 0,
      stdout: 'commits: 3 of 3 dead letters moved, COMPLETED.\n',
    });
  });

  it('asks before it replays more than ten, and without a terminal does not', async () => {
    const { ask, run, giveUp } = world;
    for (let index = 0; index < 11; index += 1) {
      const session = `many-${index}`;
      const message = { tenant: 'acme', session, commitId: 'c', keepRecent: 0, through: 1, requestedAtMs: 1 };
      await giveUp(session, message);
    }
    const refused = await run('dlq', 'replay', '--reason', 'busy', '--queue', 'commits', '--local');
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/no terminal to ask on: give --yes/),
    });
    const { document } = await ask('dlq', 'replay', '--older-than', '0s', '--yes', '--rate', '500');
    expect(document).toMatchObject({ selected: 11, resent: 11, notRemoved: 0 });
  });

  it('ends a replay at Ctrl-C, and the next one sends the rest', async () => {
    const { ask, start, giveUp } = world;
    for (let index = 0; index < LETTERS_OF_A_LONG_REPLAY; index += 1) {
      const message = { tenant: 'acme', session: 'slow', commitId: `s${index}`, keepRecent: 0, through: 1 };
      await giveUp('slow', { ...message, requestedAtMs: index });
    }
    const { child, ended } = start([
      'dlq',
      'replay',
      '--session',
      'slow',
      '--rate',
      '1',
      '--yes',
      '--local',
      '--json',
    ]);
    await expect.poll(() => hasRun(world, 's0')).toBe(true);
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    expect(code).toBe(130);
    const { resent, notRemoved, stopped } = JSON.parse(stdout);
    expect({ stopped, notRemoved }).toEqual({ stopped: true, notRemoved: 0 });
    expect(resent).toBeGreaterThan(0);
    const { document } = await ask('dlq', 'replay', '--session', 'slow', '--yes');
    expect(document).toMatchObject({ resent: LETTERS_OF_A_LONG_REPLAY - resent });
  });

  it('loses nothing when a replay is killed', async () => {
    const { ask, start, giveUp } = world;
    const ids = Array.from({ length: LETTERS_OF_A_LONG_REPLAY }, (_, index) => `k${index}`);
    for (const [index, commitId] of ids.entries()) {
      await giveUp('killed', {
        tenant: 'acme',
        session: 'killed',
        commitId,
        keepRecent: 0,
        through: 1,
        requestedAtMs: index,
      });
    }
    const { child } = start(['dlq', 'replay', '--session', 'killed', '--rate', '1', '--yes', '--local']);
    await expect.poll(() => hasRun(world, 'k0')).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const { document } = await ask('dlq', 'replay', '--session', 'killed', '--yes');
    expect(document.letters.map(({ commitId }: { commitId: string }) => commitId)).toEqual(ids);
    expect(document).toMatchObject({ resent: ids.length, notRemoved: 0 });
  });

  it('changes limits together or not at all, and remembers what they were', async () => {
    const { ask, run } = world;
    const set = await run('limits', 'set', 'lease.ttlMs=45000', 'lease.maxRetries=20', '--local');
    expect(set).toMatchObject({ code: 0, stdout: expect.stringMatching(/lease\.ttlMs\s+30000\s+45000/) });
    const diff = await ask('limits', 'diff');
    expect(diff.document.limits.map(({ name }: { name: string }) => name)).toEqual([
      'lease.ttlMs',
      'lease.maxRetries',
    ]);
    expect((await run('limits', 'get', 'lease.ttlMs', '--local')).stdout).toBe('45000\n');

    const wrong = await run('limits', 'set', 'lease.ttlMs=0', 'commit.deadlineMs=abc', '--local');
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toMatch(/lease\.ttlMs must be a whole number of ms from 1000 to 300000, not '0'/);
    expect(wrong.stderr).toMatch(/commit\.deadlineMs must be .*, not 'abc'/);
    const contradiction = await run('limits', 'set', 'commit.deadlineMs=10000', '--local');
    expect(contradiction).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/acquireTimeoutMs \(60000\) must be less/),
    });
    expect((await ask('limits', 'diff')).document.limits).toHaveLength(2);

    const reset = await ask('limits', 'reset', '--all');
    expect(reset.document.changes).toHaveLength(2);
    const rollback = await ask('limits', 'rollback');
    expect(rollback.document.changes).toMatchObject([{ after: '45000' }, { after: '20' }]);
    const first = await run('limits', 'rollback', 'lease.ttlMs', '--to', '0', '--local');
    expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/45000\s+30000 \(as deployed\)/) });
    const history = await ask('limits', 'history', 'lease.ttlMs');
    expect(history.document.changes.map(({ value }: { value: string }) => value)).toEqual([
      ...['default', '45000', 'default', '45000'],
      'default',
    ]);
    expect((await ask('limits', 'reset', '--all')).document.changes).toHaveLength(1);
  });

  it('examines the whole stack', async () => {
    const { document } = await world.ask('doctor');
    const checks = document.checks.map(({ name, status }: { name: string; status: string }) => [
      name,
      status,
    ]);
    expect(Object.fromEntries(checks)).toMatchObject({
      stack: 'ok',
      credentials: 'ok',
      table: 'ok',
      'follow-ups': 'ok',
      limits: 'ok',
      API: 'ok',
      model: 'ok',
    });
  });

  it('finds a deployed stack by its name, through the outputs that CloudFormation knows', async () => {
    const { stackName, outputs } = world.stack;
    const variablesOf = (text: Record<string, string>) => ({
      [outputs['ApiFunctionName'] ?? '']: {},
      [outputs['CommitFunctionName'] ?? '']: text,
      [outputs['FollowUpFunctionName'] ?? '']: {},
    });
    await using aws = await fakeAws(
      stackName,
      outputs,
      variablesOf({ COMMITLANE_LEASE_TTL_MS: '45000', OTHER: 'x' }),
    );
    await using closed = await fakeAws(stackName, outputs);
    const environment = {
      ...world.stack.endpoints,
      AWS_ENDPOINT_URL_CLOUDFORMATION: aws.endpoint,
      AWS_ENDPOINT_URL_STS: aws.endpoint,
      AWS_ENDPOINT_URL_LAMBDA: aws.endpoint,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    };
    const where = ['--stack', world.stack.stackName, '--region', 'us-east-1'];
    const found = await world.start(['doctor', '--no-model', ...where], environment).ended;
    expect(found).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/arn:aws:sts::000000000000:assumed-role\/ops\/ann/),
    });
    const seen = await world.start(['limits', 'get', 'lease.ttlMs', '--json', ...where], environment).ended;
    expect(JSON.parse(seen.stdout)).toMatchObject({
      value: '45000',
      source: 'environment',
      default: '30000',
    });
    const unseen = await world.start(['limits', 'list', ...where], {
      ...environment,
      AWS_ENDPOINT_URL_LAMBDA: closed.endpoint,
    }).ended;
    expect(unseen).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/environments of functions set is not known.*not authorized/),
    });
    const unknown = await world.start(
      ['limits', 'list', '--stack', 'nope', '--region', 'us-east-1'],
      environment,
    ).ended;
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringMatching(/There is no stack nope/) });
  });
});

/** Whether a function has handled the commit: its session does not exist, so that it leaves nothing but a log line. */
function hasRun({ logs }: CliWorld, commitId: string): boolean {
  return logs.some((line) => line.includes('commit.ended') && line.includes(`"${commitId}"`));
}
