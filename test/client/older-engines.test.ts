import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type BuildResult, build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../local/temporary-folder.ts';
import { safetyTimeouts } from '../support/safety-timeouts.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

let bundle: BuildResult<{ write: false; metafile: true }>;
beforeAll(async () => {
  bundle = await build({
    absWorkingDir: root,
    entryPoints: ['lib/client/index.ts'],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: ['es2022', 'safari16', 'node20'],
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
});

/**
 * What Safari 16 and Node 20 lack, of all that Node 24 has (https://caniuse.com), as far as a client could want it, and
 * Node's own fetch can do without it.
 */
const newer = `
for (const [owner, names] of [
  [Promise, ['withResolvers', 'try']],
  [Array, ['fromAsync']],
  [Object, ['groupBy']],
  [Map, ['groupBy']],
  [URL, ['canParse', 'parse']],
  [AbortSignal, ['any']],
  [RegExp, ['escape']],
  [Error, ['isError', 'captureStackTrace']],
  [Set.prototype, ['union', 'intersection', 'difference', 'symmetricDifference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom']],
  [Uint8Array, ['fromBase64', 'fromHex']],
  [Uint8Array.prototype, ['toBase64', 'toHex']],
  [globalThis, ['Iterator', 'DisposableStack', 'AsyncDisposableStack', 'SuppressedError', 'Float16Array', 'navigator']],
]) for (const name of names) Reflect.deleteProperty(owner, name);`;

/** Calls that retry, wait, time out, are ended, read pages and watch; prints what became of each. */
const calls = `
const { commitlaneClient } = await import(process.argv[2]);
const base = process.argv[3];
const print = console.log;
${newer}
const client = commitlaneClient({ baseUrl: base, token: async () => 't', backoffBaseMs: 1, maxBackoffMs: 1 });
const outcome = (work) => work.then((value) => JSON.stringify(value), (error) => error.name + ' ' + (error.code ?? ''));
const collect = async (items) => { const all = []; for await (const one of items) all.push(one); return all; };
const stop = new AbortController();
const ended = outcome(client.getSession('never', { signal: stop.signal }));
stop.abort(new TypeError('enough'));
// Signals that time out keep no process alive.
const alive = setInterval(() => {}, 1_000);
const outcomes = {
  retried: await outcome(client.createSession('busy')),
  appended: await outcome(client.append('s', [{ role: 'user', content: 'tea' }])),
  refused: await outcome(client.getSession('gone')),
  late: await outcome(commitlaneClient({ baseUrl: base, token: 't', timeoutMs: 20, maxRetries: 0 }).getSession('never')),
  tokenLate: await outcome(commitlaneClient({ baseUrl: base, token: () => new Promise(() => {}), timeoutMs: 20, maxRetries: 0 }).getSession('s')),
  ended: await ended,
  endedBefore: await outcome(client.getSession('s', { signal: stop.signal })),
  pages: await outcome(collect(client.memories('m'))),
  watched: await outcome(collect(client.watchCommit('s', 'c', { pollIntervalMs: 10 }))),
  wrong: await outcome((async () => commitlaneClient({ baseUrl: 'nonsense', token: 't' }))()),
};
clearInterval(alive);
print(JSON.stringify(outcomes));
`;

/** As the API would answer; of 'never' it does not. */
async function api() {
  const seen = new Map<string, number>();
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    const times = (seen.get(url) ?? 0) + 1;
    seen.set(url, times);
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (url.includes('never')) return;
    if (url.includes('busy') && times === 1) return void answer(503, { message: 'Service Unavailable' });
    if (url.includes('gone')) return void answer(404, { message: 'Not Found' });
    if (url.startsWith('/memories'))
      return void answer(200, url.includes('after') ? { memories: [2] } : { memories: [1], nextAfter: 'x' });
    if (url.includes('/commits/c'))
      return void answer(200, { state: url.includes('waitSeconds') ? 'completed' : 'queued', timeline: [] });
    answer(200, { ok: request.method });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Node 20 where this machine has it, as its own Node; else the Node that runs this, which lacks nothing by itself. */
async function oldNode(): Promise<string> {
  const folders = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((one) => !one.includes('node_modules'));
  for (const folder of folders) {
    const node = path.join(folder, 'node');
    const version = await run(node, ['--version']).then(
      ({ stdout }) => stdout,
      () => '',
    );
    if (version.startsWith('v20.')) return node;
  }
  return process.execPath;
}

describe('the client on engines that are older', () => {
  it('works without anything that Safari 16 and Node 20 lack', async () => {
    await using folder = await temporaryFolder({
      'client.mjs': bundle.outputFiles[0]?.text ?? '',
      'calls.mjs': calls,
    });
    await using server = await api();
    const file = (name: string) => path.join(folder.path, name);
    const { stdout } = await run(await oldNode(), [file('calls.mjs'), file('client.mjs'), server.url], {
      timeout: safetyTimeouts.conditionMs,
    });
    expect(JSON.parse(stdout)).toEqual({
      retried: '{"ok":"PUT"}',
      appended: '{"ok":"POST"}',
      refused: 'CommitlaneApiError http-404',
      late: 'CommitlaneNetworkError timeout',
      tokenLate: 'CommitlaneNetworkError timeout',
      ended: 'TypeError ',
      endedBefore: 'TypeError ',
      pages: '[1,2]',
      watched: '[{"state":"queued","timeline":[]},{"state":"completed","timeline":[]}]',
      wrong: 'CommitlaneUsageError invalid-usage',
    });
  });

  it('has no type of a newer language in any file that is in its bundle', {
    timeout: safetyTimeouts.conditionMs,
  }, async () => {
    const files = Object.keys(bundle.metafile.inputs);
    expect(files).toContain('lib/client/exchange.ts');
    const arguments_ = ['--noEmit', '--pretty', 'false', '-p', 'tsconfig.client.json'];
    const { stdout } = await run('node_modules/.bin/tsc', arguments_, {
      cwd: root,
      timeout: safetyTimeouts.conditionMs,
    }).catch((error: { stdout: string }) => error);
    // Types lead to files of the server, too, which may use what Node 24 has.
    expect(stdout.split('\n').filter((line) => files.some((file) => line.startsWith(`${file}(`)))).toEqual(
      [],
    );
  });

  it('has no syntax that Safari 16 does not read', () => {
    const text = bundle.outputFiles[0]?.text ?? '';
    // Of Safari 16.4: looking behind in regular expressions, and blocks of classes.
    expect(text).not.toMatch(/\(\?<[=!]/);
    expect(text).not.toMatch(/\bstatic\s*\{/);
  });
});
