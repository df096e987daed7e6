import path from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../cli/run-cli.ts';
import { systemClock } from '../../lib/clock/index.ts';
import { localAws } from '../../local/aws/index.ts';
import { publishStack } from '../../local/discovery/index.ts';
import { startEventBusEmulator } from '../../local/emulators/index.ts';
import { temporaryFolder } from '../local/temporary-folder.ts';
import { environment, runHere } from './streams.ts';

const at = '2026-01-02T03:04:05.678Z';
const archived = (id: string, more: object = {}) => ({
  type: 'commit.archived',
  id: id.padStart(32, '0'),
  sequence: '0'.repeat(41),
  version: 1,
  tenant: 'acme',
  session: 'chat',
  commitId: `c-${id}`,
  requestedAt: at,
  at,
  ...more,
});

/** A stack of which there is only the bus, published as `npm start` does. */
async function world() {
  await using resources = new AsyncDisposableStack();
  const folder = resources.use(await temporaryFolder());
  const discoveryFile = path.join(folder.path, 'local.json');
  const bus = await startEventBusEmulator();
  resources.defer(() => bus[Symbol.asyncDispose]());
  const url = bus.endpoint;
  const document = await publishStack(discoveryFile, {
    stackName: 'commitlane-dev',
    staysUp: true,
    apiUrl: url,
    endpoints: {
      AWS_ENDPOINT_URL_DYNAMODB: url,
      AWS_ENDPOINT_URL_SQS: url,
      AWS_ENDPOINT_URL_SSM: url,
      AWS_ENDPOINT_URL_EVENTBRIDGE: url,
    },
    outputs: {},
    limitVariables: {},
    caller: { tenant: 'demo', sub: 'ann' },
    tokens: { issuer: 'i', audience: 'a', signingKey: 'key' },
  });
  resources.defer(() => document[Symbol.asyncDispose]());
  const client = new EventBridgeClient({ ...localAws, endpoint: url });
  resources.defer(() => client.destroy());
  const stop = new AbortController();
  const running = resources.move();
  return {
    discoveryFile,
    stop,
    put: (detail: { readonly type: string; readonly [name: string]: unknown }, Source = 'commitlane') =>
      client.send(
        new PutEventsCommand({
          Entries: [{ Source, DetailType: detail.type, Detail: JSON.stringify(detail) }],
        }),
      ),
    tail(...args: string[]) {
      const {
        environment: made,
        stdout,
        stderr,
      } = environment({
        discoveryFile,
        clock: systemClock,
        signal: stop.signal,
      });
      const code = runCli(['events', 'tail', '--local', ...args], made);
      return { code, stdout, stderr };
    },
    endBus: () => bus[Symbol.asyncDispose](),
    /** As `npm start` ends. */
    async end() {
      await document[Symbol.asyncDispose]();
      await bus[Symbol.asyncDispose]();
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

const idsIn = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => Number(JSON.parse(line).id));

describe('events tail', () => {
  it('prints events as they happen, a line each, until it is stopped', async () => {
    await using w = await world();
    await w.put(archived('1'));
    const tail = w.tail();
    await expect.poll(tail.stderr).toMatch(/Following the events of commitlane-dev at http/);
    await expect
      .poll(async () => {
        await w.put(archived('2', { archive: 1 }));
        return tail.stdout();
      })
      .toMatch(`${at}  commit archived  acme/chat  c-2  archive 1\n`);
    expect(tail.stdout()).not.toMatch(/c-1/);
    w.stop.abort();
    expect(await tail.code).toBe(130);
  });

  it('begins with what the stack keeps when it is told to, and prints JSON lines for programs', async () => {
    await using w = await world();
    await w.put(archived('1'));
    await w.put(archived('2'), 'shop');
    await w.put({ type: 'something.else' });
    await w.put(archived('3'));
    const tail = w.tail('--from-start', '--json');
    await expect.poll(() => idsIn(tail.stdout())).toEqual([1, 3]);
    expect(JSON.parse(tail.stdout().split('\n')[0] ?? '')).toEqual(archived('1'));
    w.stop.abort();
    await tail.code;
  });

  it.each([
    ['--session', 'chat', [1, 2, 4]],
    ['--tenant', 'other', [3]],
    ['--type', 'memory.changed', [4]],
  ])('prints those of a %s alone', async (option, value, ids) => {
    await using w = await world();
    await w.put(archived('1'));
    await w.put(archived('2', { type: 'commit.completed' }));
    await w.put(archived('3', { tenant: 'other', session: 'talk' }));
    const { session: _, commitId: __, requestedAt: ___, ...common } = archived('4');
    await w.put({
      ...common,
      ...{ type: 'memory.changed', scope: 'ann', category: 'event', key: 'k' },
      after: {
        ...{ text: 'x', confidence: 1, firstSeenAt: at, lastSeenAt: at, saidAt: at },
        by: { kind: 'archive', session: 'chat', archive: 1, messageId: 'm1', model: 'm' },
      },
    });
    const tail = w.tail('--from-start', '--json', option, value);
    await expect.poll(() => idsIn(tail.stdout())).toEqual(ids);
    w.stop.abort();
    await tail.code;
  });

  it('ends well when the stack ends', async () => {
    await using w = await world();
    await w.put(archived('1'));
    const tail = w.tail('--from-start');
    await expect.poll(tail.stdout).toMatch(/c-1/);
    await w.end();
    expect(await tail.code).toBe(0);
    expect(tail.stderr()).toMatch(/The stack has ended\.\n$/);
  });

  it('gives up a bus that does not answer, though its stack still says where it is', async () => {
    await using w = await world();
    await w.put(archived('1'));
    const tail = w.tail('--from-start');
    await expect.poll(tail.stdout).toMatch(/c-1/);
    await w.endBus();
    expect(await tail.code).toBe(1);
    expect(tail.stderr()).toMatch(/The event bus at http.* does not answer, though its stack still runs/);
  });

  it('says that no stack runs', async () => {
    const { code, stderr } = await runHere(['events', 'tail', '--local']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/There is no local stack: .* Start one with npx commitlane start/);
  });

  it('is for the local stack alone, and knows the types of events', async () => {
    const deployed = await runHere(['events', 'tail', '--stack', 'x']);
    expect([deployed.code, deployed.stderr]).toEqual([
      2,
      expect.stringMatching(/Events can be followed of the local stack only: give --local/),
    ]);
    const unknown = await runHere(['events', 'tail', '--local', '--type', 'commit.done']);
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringMatching(/commit\.archived/)]);
  });
});
