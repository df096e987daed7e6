import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../local/temporary-folder.ts';
import { modelServer } from '../model/language/model-server.ts';
import { failing, saying } from '../model/language/replies.ts';
import { localWorld } from '../support/local-world.ts';

const KEY_PARAMETER = '/chat/model-key';
/** Unlike anything that the stack names by chance: commit ids begin with `key-`. */
const SECRETS = { first: 'secret-of-the-first', second: 'secret-of-the-second' };

it('a commit on the embedded stack is followed up by the server that the deployment names, with its key', async () => {
  await using server = await modelServer((asked) => {
    if (asked.response_format) return saying({ memories: [] });
    return server.asked.length === 1
      ? failing(503, { headers: { 'retry-after': '1' } })
      : saying('Ann said hello.');
  });
  await using world = await localWorld({
    context: {
      'commitlane:model': 'openai-compatible:small',
      'commitlane:modelUrl': server.baseUrl,
      'commitlane:modelKeyParameter': KEY_PARAMETER,
    },
  });
  await world.stack.ssm.send(
    new PutParameterCommand({ Name: KEY_PARAMETER, Value: SECRETS.first, Type: 'SecureString' }),
  );
  await world.client.createSession('named');
  await world.say('named', 'hello');
  const { commitId } = await world.client.requestCommit('named');

  const { state, timeline } = await world.ended('named', commitId);
  expect(state).toBe('completed');
  expect(timeline.map(({ event }) => event)).toEqual([
    'queued',
    'committing',
    'archived',
    'follow-up-failed',
    'summary',
    'extraction',
    'merge',
    'completed',
  ]);
  expect(await world.client.getArchive('named', 1)).toMatchObject({
    summary: 'Ann said hello.',
    summaryModel: 'openai-compatible:small',
  });
  expect(new Set(server.asked.map(({ authorization }) => authorization))).toEqual(
    new Set([`Bearer ${SECRETS.first}`]),
  );
  expect(world.logs.join('\n')).not.toContain(SECRETS.first);
});

const run = promisify(execFile);
const program = fileURLToPath(new URL('../../local/start.ts', import.meta.url));

it('the program plays conversations with the model that its options name, and the key of its environment', async () => {
  await using server = await modelServer((asked) =>
    saying(asked.response_format ? { memories: [] } : 'They said hello.'),
  );
  await using folder = await temporaryFolder({ 'hello.jsonl': '{"role":"user","content":"hello"}\n' });
  const input = join(folder.path, 'hello.jsonl');
  const model = ['--model', 'openai-compatible:small', '--model-url', server.baseUrl];

  const { stdout, stderr } = await run(
    process.execPath,
    [program, '--once', '--json', '--verbose', '--port', '0', '--input', input, ...model],
    { env: { ...process.env, COMMITLANE_MODEL_KEY: SECRETS.second }, maxBuffer: 16 * 1024 * 1024 },
  );

  expect(JSON.parse(stdout)).toMatchObject({ ok: true, archives: [{ summary: 'They said hello.' }] });
  expect(new Set(server.asked.map(({ authorization }) => authorization))).toEqual(
    new Set([`Bearer ${SECRETS.second}`]),
  );
  expect(stdout + stderr).not.toContain(SECRETS.second);
});
