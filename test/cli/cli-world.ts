import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamodbSessionStore } from '../../lib/store/index.ts';
import { publishStack } from '../../local/discovery/publish-stack.ts';
import type { LocalStackOptions } from '../../local/index.ts';
import { type LocalWorld, localWorld } from '../support/local-world.ts';
import { safetyTimeouts } from '../support/safety-timeouts.ts';

const program = fileURLToPath(new URL('../../cli/commitlane.js', import.meta.url));

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The embedded stack, and the command line as a process of its own that finds it. */
export async function cliWorld(options: LocalStackOptions = {}) {
  const resources = new AsyncDisposableStack();
  const folder = await mkdtemp(path.join(tmpdir(), 'commitlane-cli-'));
  resources.defer(() => rm(folder, { recursive: true }));
  const world: LocalWorld = resources.use(await localWorld(options));
  const discoveryFile = path.join(folder, 'local.json');
  const caller = { tenant: 'acme', sub: 'ann' };
  resources.use(await publishStack(discoveryFile, { ...world.stack, caller, staysUp: true }));
  const store = dynamodbSessionStore({
    client: DynamoDBDocumentClient.from(world.stack.dynamodb),
    tableName: world.stack.outputs['TableName'] ?? '',
  });
  let letters = 0;

  const start = (args: readonly string[], environment: Record<string, string> = {}) => {
    const env = { ...process.env, COMMITLANE_LOCAL_FILE: discoveryFile, NO_COLOR: '1', ...environment };
    const { promise, resolve } = Promise.withResolvers<Run>();
    const options = { env, timeout: safetyTimeouts.testMs };
    const child = execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? -1) : 0, stdout, stderr }),
    );
    return { child, ended: promise };
  };
  const run = (...args: string[]) => start(args).ended;

  return {
    ...world,
    store,
    folder,
    discoveryFile,
    start,
    run,

    /** Runs a command on the local stack, with `--json`, and returns its document. */
    async ask(...args: string[]) {
      const { code, stdout, stderr } = await run(...args, '--local', '--json');
      if (stdout === '') throw new Error(`${args.join(' ')}: ${stderr}`);
      return { code, document: JSON.parse(stdout) };
    },

    /** Writes the status of a commit that was given up. */
    async putStatus(session: string, commitId: string): Promise<void> {
      const atMs = Date.now();
      const timeline = [{ atMs, event: 'dead-lettered', detail: 'The lease was busy.' }];
      const status = {
        commitId,
        state: 'dead-lettered',
        through: 1,
        keepRecent: 0,
        requestedAtMs: 1,
        timeline,
      } as const;
      await store.putCommit({ tenant: 'acme', session }, status, atMs + 86_400_000);
    },

    /** Puts a message on the dead-letter queue of commits. */
    async giveUp(session: string, body: object | string): Promise<void> {
      letters += 1;
      await world.stack.sqs.send(
        new SendMessageCommand({
          QueueUrl: world.stack.outputs['CommitDeadLetterQueueUrl'],
          MessageGroupId: `acme#${session}`,
          MessageDeduplicationId: `letter-${letters}`,
          MessageBody: typeof body === 'string' ? body : JSON.stringify(body),
          MessageAttributes: {
            reasonCode: { DataType: 'String', StringValue: 'lease-unavailable' },
            reason: { DataType: 'String', StringValue: 'The lease was busy.' },
          },
        }),
      );
    },

    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

export type CliWorld = Awaited<ReturnType<typeof cliWorld>>;
