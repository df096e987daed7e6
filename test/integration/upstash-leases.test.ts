import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommitlaneClient, type CommitView, commitlaneClient } from '../../lib/client/index.ts';
import { startTableEmulator } from '../../local/emulators/index.ts';
import { type LocalStack, startLocalStack } from '../../local/index.ts';
import { type HoldingProxy, holdingProxy } from '../support/holding-proxy.ts';
import { COMMIT_TIMEOUT_MS, patience, SHORT_TTL_MS } from '../support/local-world.ts';

const SESSION = 'upstash';

let stack: LocalStack;
let client: CommitlaneClient;
let proxy: HoldingProxy;
const leaseEvents: string[] = [];
const tableRequests: string[] = [];
const resources = new AsyncDisposableStack();
beforeAll(async () => {
  const table = resources.use(await startTableEmulator({}));
  proxy = resources.use(await holdingProxy(table.endpoint));
  stack = resources.use(
    await startLocalStack({
      leaseStore: 'upstash',
      environment: { PATH: process.env['PATH'], AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint },
      onLog: (line) => {
        const [, event] = /"event":"(lease\.[a-z-]+)"/.exec(line) ?? [];
        if (event) leaseEvents.push(event);
      },
    }),
  );
  const brief = { Name: '/commitlane/dev/lease.ttlMs', Value: String(SHORT_TTL_MS), Overwrite: true };
  await stack.ssm.send(new PutParameterCommand(brief));
  client = commitlaneClient({
    baseUrl: stack.apiUrl,
    token: () => stack.mintToken({ tenant: 'acme', sub: 'ann' }),
    ...patience,
  });
});
afterAll(() => resources.disposeAsync());

async function ended(commitId: string) {
  const options = { pollIntervalMs: 50, timeoutMs: COMMIT_TIMEOUT_MS };
  let last: CommitView | undefined;
  for await (const commit of client.watchCommit(SESSION, commitId, options)) last = commit;
  return last;
}

describe('the stack with its leases on Upstash', () => {
  it('completes the commit of a killed worker once its lease has expired, with no lease in the table', async () => {
    await client.createSession(SESSION);
    await client.append(SESSION, [{ role: 'user', content: 'one' }]);
    proxy.hold(({ body }) => {
      tableRequests.push(body);
      return false;
    }, 'before');
    const held = proxy.hold(({ body }) => body.includes('SET sealed'), 'before');

    const { commitId } = await client.requestCommit(SESSION);
    await held.reached;
    expect(await stack.killBusy('Commit')).toBe(1);

    expect(await ended(commitId)).toMatchObject({ state: 'completed', archive: 1 });
    expect(leaseEvents.filter((event) => event === 'lease.acquired').length).toBeGreaterThanOrEqual(2);
    expect(tableRequests.filter((body) => body.includes('SET sealed')).length).toBeGreaterThanOrEqual(2);
    expect(tableRequests.filter((body) => body.includes('LEASE#'))).toEqual([]);
  });
});
