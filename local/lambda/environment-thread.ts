import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { arnOf } from '../aws/index.ts';
import type { Invocation, InvocationAnswer, ThreadSettings } from './messages.ts';

/** The runtime inside the thread of an execution environment: loads the handler once, then runs one invocation at a time. */
const { modulePath, exportName, functionName, memoryMb } = workerData as ThreadSettings;

type Handler = (event: unknown, context: object) => unknown;

function answer(message: InvocationAnswer): void {
  parentPort?.postMessage(message);
}

const module = (await import(pathToFileURL(modulePath).href)) as Record<string, Handler | undefined>;
const handler = module[exportName];
if (!handler) throw new Error(`${modulePath} exports no ${exportName}`);

parentPort?.on('message', async ({ id, event, requestId, deadlineAtMs }: Invocation) => {
  const context = {
    awsRequestId: requestId,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: arnOf('lambda', `function:${functionName}`),
    memoryLimitInMB: String(memoryMb),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadlineAtMs - Date.now()),
  };
  try {
    const value = await handler(event, context);
    // As the real runtime does, so that what cannot be sent as JSON shows here, too.
    answer({ kind: 'result', id, value: value === undefined ? null : JSON.parse(JSON.stringify(value)) });
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
    process.stderr.write(`${error instanceof Error ? error.stack : message}\n`);
    answer({ kind: 'error', id, name, message });
  }
});

answer({ kind: 'loaded' });
