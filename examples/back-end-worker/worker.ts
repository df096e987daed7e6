// Requests commits of sessions by the queue, without the API: node worker.ts SESSION [SESSION …]
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SQSClient } from '@aws-sdk/client-sqs';
import { type CommitQueue, enqueueCommit } from 'commitlane/enqueue';

/** Keys, as ids, have at most so many characters. */
const MAX_KEY_LENGTH = 128;

interface Place {
  readonly queue: CommitQueue;
  readonly tenant: string;
}

/** Where a stack of this machine says where it is: the file is the package's, unless the environment says otherwise. */
const localFile =
  process.env['COMMITLANE_LOCAL_FILE'] ??
  new URL('.commitlane/local.json', import.meta.resolve('commitlane/package.json'));

/** The queue of the deployment: `commitlane.grantEnqueue(worker)` lets a worker send, and its environment has the URL. */
async function place(): Promise<Place> {
  const { COMMIT_QUEUE_URL: queueUrl, TENANT: tenant = 'demo' } = process.env;
  if (queueUrl) return { queue: { client: new SQSClient(), queueUrl }, tenant };
  const stack = JSON.parse(await readFile(localFile, 'utf8'));
  const client = new SQSClient({
    endpoint: stack.endpoints.AWS_ENDPOINT_URL_SQS,
    region: 'us-east-1',
    // An emulator takes any.
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return { queue: { client, queueUrl: stack.outputs.CommitQueueUrl }, tenant: stack.caller.tenant };
}

const sessions = process.argv.slice(2);
if (sessions.length === 0) {
  process.stderr.write('Name the sessions to commit: worker.ts SESSION [SESSION …]\n');
  process.exit(2);
}

const { queue, tenant } = await place().catch((error: NodeJS.ErrnoException) => {
  const isAbsent = error.code === 'ENOENT';
  process.stderr.write(
    isAbsent
      ? 'There is no stack: start one with npx commitlane start in another terminal, or set COMMIT_QUEUE_URL.\n'
      : `${error.message}\n`,
  );
  process.exit(1);
});
// A job that is run again, because it is not known how far it came, requests the same commits, and no others.
const job = process.env['JOB_ID'] ?? randomUUID();
for (const session of sessions) {
  const { commitId } = await enqueueCommit(queue, {
    tenant,
    session,
    idempotencyKey: `${job}.${session}`.slice(0, MAX_KEY_LENGTH),
  });
  process.stdout.write(`${session} ${commitId}\n`);
}
queue.client.destroy();
