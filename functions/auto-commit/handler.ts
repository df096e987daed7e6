import middy from '@middy/core';
import type { ScheduledEvent } from 'aws-lambda';
import { type CheckContext, checkDueSessions } from '../../lib/auto-commit/index.ts';

import {
  makeRuntime,
  observed,
  readEnvironment,
  sqsClient,
  type TimedContext,
  tableFromEnvironment,
  timeLeft,
} from '../../lib/lambda/index.ts';
import { type CommitMessage, sqsSender } from '../../lib/queue/index.ts';
import { dynamodbSessionStore } from '../../lib/store/index.ts';
import { autoCommitEnvironment } from './environment.ts';

const environment = readEnvironment(autoCommitEnvironment, process.env);
const runtime = makeRuntime('auto-commit', environment);
const { telemetry } = runtime;
const parts: CheckContext = {
  ...runtime,
  store: dynamodbSessionStore(tableFromEnvironment(environment)),
  commits: telemetry.traced(
    sqsSender<CommitMessage>({ client: sqsClient(environment), queueUrl: environment.COMMIT_QUEUE_URL }),
  ),
  /** A trace for each session: what its commit brings about belongs there. */
  around: (key, check) => telemetry.unit(key).run({ name: 'auto-commit', kind: 'request' }, check),
};

/** Commits sessions whose policy says so, as often as its schedule runs it. */
export const handler = middy<ScheduledEvent, void>(observed({ telemetry }))
  .use(timeLeft(runtime))
  .handler((_event: ScheduledEvent, { time }: TimedContext) => checkDueSessions(parts, time.signal));
