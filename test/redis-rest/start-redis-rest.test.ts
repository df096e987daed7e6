import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findOnPath } from '../../local/emulators/redis-rest/find-on-path.ts';
import { startRedisRest } from '../../local/emulators/redis-rest/start-redis-rest.ts';

const searchPath = process.env['PATH'] ?? '';
const hasServer = (await findOnPath('redis-server', searchPath)) !== undefined;
const isSkipped = !hasServer && process.env['CI'] === undefined;
const module = new URL('../../local/emulators/redis-rest/start-redis-rest.ts', import.meta.url).href;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'commitlane-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function ping({ url, token }: { url: string; token: string }): Promise<unknown> {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(url, { method: 'POST', headers, body: '["PING"]' })).json();
}

describe('Redis for the embedded stack', () => {
  test('is embedded where there is no redis-server', async () => {
    await writeFile(path.join(folder, 'redis-server'), 'not a program', { mode: 0o600 });
    await mkdir(path.join(folder, 'empty'));
    const places = [folder, path.join(folder, 'empty'), path.join(folder, 'missing'), ''];
    await using redis = await startRedisRest(places.join(path.delimiter));
    expect(redis.backendLabel).toBe('embedded Redis');
    expect(await ping(redis)).toEqual({ result: 'PONG' });
  });

  test('has a token of its own each time, and an address of this machine only', async () => {
    await using one = await startRedisRest('');
    await using other = await startRedisRest('');
    expect(one.token).not.toBe(other.token);
    expect(one.token.length).toBeGreaterThanOrEqual(40);
    expect(new URL(one.url).hostname).toBe('127.0.0.1');
    expect(await ping({ url: one.url, token: other.token })).toHaveProperty('error');
  });

  test.runIf(!isSkipped)('is the redis-server of this machine, if it has one', async () => {
    await using redis = await startRedisRest(searchPath);
    expect(redis.backendLabel).toBe('redis-server');
    expect(await ping(redis)).toEqual({ result: 'PONG' });
  });

  test.runIf(!isSkipped)('leaves neither a server nor a file behind, however its process ends', async () => {
    const script = `import { startRedisRest } from ${JSON.stringify(module)};
      const { url, token } = await startRedisRest(process.env.PATH);
      console.log(JSON.stringify({ url, token }));`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      env: { PATH: searchPath, TMPDIR: folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    expect(await ping(JSON.parse(line))).toEqual({ result: 'PONG' });
    expect(await readdir(folder)).toHaveLength(1);
    child.kill('SIGKILL');
    // Its folder, with its socket, goes when the server has ended.
    await expect.poll(() => readdir(folder)).toEqual([]);
  });
});
