import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmbeddedRedis } from '../../local/emulators/redis-rest/embedded-backend.ts';
import { findOnPath } from '../../local/emulators/redis-rest/find-on-path.ts';
import type { RedisBackend } from '../../local/emulators/redis-rest/redis-backend.ts';
import { startRedisServer } from '../../local/emulators/redis-rest/redis-server-backend.ts';
import { startRestServer } from '../../local/emulators/redis-rest/rest-server.ts';
import type { LoopbackServer } from '../../local/loopback/index.ts';

const program = await findOnPath('redis-server', process.env['PATH'] ?? '');
const isSkipped = program === undefined && process.env['CI'] === undefined;

const backends: [name: string, start: () => Promise<RedisBackend>, isSkipped: boolean][] = [
  ['the embedded Redis', startEmbeddedRedis, false],
  [
    `redis-server${isSkipped ? ' (skipped: it is not on the PATH)' : ''}`,
    () => startRedisServer(program ?? 'redis-server'),
    isSkipped,
  ],
];

for (const [name, start, skipped] of backends) {
  describe.skipIf(skipped)(`Redis over REST, on ${name}`, () => {
    let backend: RedisBackend;
    let server: LoopbackServer;
    beforeAll(async () => {
      backend = await start();
      server = await startRestServer(backend, 'token');
    });
    afterAll(async () => {
      await server?.[Symbol.asyncDispose]();
      await backend?.[Symbol.asyncDispose]();
    });

    async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
      const response = await fetch(server.url + path, {
        method: 'POST',
        headers: { authorization: 'Bearer token', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      return { status: response.status, body: await response.json() };
    }
    const run = async (...command: unknown[]) => (await post('/', command)).body;

    test('executes a command', async () => {
      expect(await post('/', ['SET', 'greeting', 'hello'])).toEqual({ status: 200, body: { result: 'OK' } });
      expect(await run('get', 'greeting')).toEqual({ result: 'hello' });
      expect(await run('GET', 'nothing')).toEqual({ result: null });
      expect(await run('DEL', 'greeting', 'nothing')).toEqual({ result: 1 });
    });

    test.each([
      ['no token', {}],
      ['another token', { authorization: 'Bearer tokem' }],
      ['a prefix of the token', { authorization: 'Bearer toke' }],
    ])('refuses a request with %s', async (_what, headers) => {
      const response = await fetch(server.url, { method: 'POST', headers, body: '["PING"]' });
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({ error: expect.stringContaining('WRONGPASS') });
    });

    test.each([
      ['a command that there is not', ['NOSUCH', 'x'], /unknown command/],
      ['a command with too few arguments', ['GET'], /wrong number of arguments/],
      ['a TTL that is no number', ['SET', 'k', 'v', 'PX', 'soon'], /not an integer/],
      ['a TTL of nothing', ['SET', 'k', 'v', 'PX', '0'], /invalid expire/],
      ['an option that there is not', ['SET', 'k', 'v', 'WHY'], /syntax error/],
      ['no array', { command: 'GET' }, /ERR/],
      ['an empty array', [], /ERR/],
      ['no JSON', '["GET"', /failed to parse/],
      ['a body of more than a million bytes', ['PING', 'x'.repeat(1_000_000)], /max request size/],
    ])('refuses %s with status 400 and the reason', async (_what, command, reason) => {
      const answer = await post('/', command);
      expect(answer).toEqual({ status: 400, body: { error: expect.stringMatching(reason) } });
    });

    test('refuses other paths and methods', async () => {
      expect((await post('/nowhere', ['PING'])).status).toBe(404);
      const headers = { authorization: 'Bearer token' };
      expect((await fetch(server.url, { headers })).status).toBe(405);
    });

    test('answers in base64 when asked to, but for numbers, nulls and the status OK', async () => {
      const script = 'return {ARGV[1], 7, {ARGV[1]}}';
      const commands = [
        ['SET', 'word', 'zoë'],
        ['GET', 'word'],
        ['GET', 'none'],
        ['EVAL', script, 0, 'zoë'],
      ];
      const encoded = Buffer.from('zoë').toString('base64');
      const { body } = await post('/pipeline', commands, { 'upstash-encoding': 'base64' });
      const expected = ['OK', encoded, null, [encoded, 7, [encoded]]];
      expect(body).toEqual(expected.map((result) => ({ result })));
    });

    test('answers each command of a pipeline with its result or its error', async () => {
      const { status, body } = await post('/pipeline', [['SET', 'p', '1'], ['GET'], ['GET', 'p']]);
      expect(status).toBe(200);
      expect(body).toEqual([{ result: 'OK' }, { error: expect.any(String) }, { result: '1' }]);
    });

    test('executes a transaction as a whole, or not at all when a command in it is none', async () => {
      const { body } = await post('/multi-exec', [
        ['SET', 't', '1'],
        ['PEXPIRE', 't', 'x'],
        ['GET', 't'],
      ]);
      expect(body).toEqual([{ result: 'OK' }, { error: expect.any(String) }, { result: '1' }]);
      const refused = await post('/multi-exec', [['SET', 't', '2'], ['NOSUCH']]);
      expect(refused).toEqual({ status: 400, body: { error: expect.stringContaining('EXECABORT') } });
      expect(await run('GET', 't')).toEqual({ result: '1' });
    });

    test('expires keys', async () => {
      expect(await run('PTTL', 'brief')).toEqual({ result: -2 });
      await run('SET', 'brief', 'x');
      expect(await run('PTTL', 'brief')).toEqual({ result: -1 });
      expect(await run('SET', 'brief', 'y', 'NX', 'PX', 30)).toEqual({ result: null });
      expect(await run('SET', 'brief', 'y', 'XX', 'PX', 30)).toEqual({ result: 'OK' });
      await expect.poll(() => run('GET', 'brief'), { interval: 5 }).toEqual({ result: null });
      expect(await run('PEXPIRE', 'brief', 100)).toEqual({ result: 0 });
      expect(await run('SET', 'brief', 'z', 'XX')).toEqual({ result: null });
    });

    test.each([
      ['numbers without their fraction', 'return {1, 2.7, -2.7}', [1, 2, -2]],
      ['true as 1 and false as null', 'return {true, false, 3}', [1, null, 3]],
      ['a table up to its first nil', 'return {1, nil, 3}', [1]],
      ['an empty table', 'return {}', []],
      ['nothing as null', 'local unused = 1', null],
      ['a status', "return {ok = 'fine'}", 'fine'],
      ['a missing key as false', "return redis.call('GET', 'none') == false", 1],
      ['a status of a command as a table', "return redis.call('SET', 'OK', 'OK')['ok']", 'OK'],
      ['a stored text as it is', "redis.call('SET', 'OK', 'OK') return redis.call('GET', 'OK') == 'OK'", 1],
      ['keys and arguments as texts', "return KEYS[1] == '1e3' and ARGV[1] == '1000'", 1],
    ])('gives scripts and takes from them %s', async (_what, script, result) => {
      expect(await run('EVAL', script, 1, '1e3', '1000')).toEqual({ result });
    });

    test.each([
      ['does not parse', 'return ]', /ERR/],
      ['calls a command that there is not', "return redis.call('NOSUCH')", /nknown/],
      ['raises an error', "error('boom')", /boom/],
      ['returns an error', "return {err = 'MINE it is'}", /MINE it is/],
    ])('refuses a script that %s', async (_what, script, reason) => {
      const answer = await post('/', ['EVAL', script, 0]);
      expect(answer).toEqual({ status: 400, body: { error: expect.stringMatching(reason) } });
    });
  });
}
