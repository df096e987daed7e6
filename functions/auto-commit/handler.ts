import middy from '@middy/core';
import type { Context, ScheduledEvent } from 'aws-lambda';
import { z } from 'zod';
import { type SweepContext, sweepDueSessions } from '../../lib/auto-commit/index.ts';
import type { CommitMessage } from '../../lib/commit/index.ts';
import {
  makeWorker,
  observedHandler,
  readEnvironment,
  timeLeft,
  workerEnvironment,
} from '../../lib/lambda/index.ts';
import { sqsSender } from '../../lib/queue/index.ts';

const environment = readEnvironment(
  z.object({ ...workerEnvironment, COMMIT_QUEUE_URL: z.url() }),
  process.env,
);
const worker = makeWorker(environment, 'auto-commit');
const commits = worker.telemetry.traced(
  sqsSender<CommitMessage>({ client: worker.sqs, queueUrl: environment.COMMIT_QUEUE_URL }),
);

/** A trace for each session: what its commit brings about belongs there. */
const around: SweepContext['around'] = (key, look) =>
  worker.telemetry.unit(key).run({ name: 'auto-commit', kind: 'request' }, look);

async function sweep(_event: ScheduledEvent, context: Context): Promise<void> {
  using time = timeLeft(worker.clock, context);
  await sweepDueSessions({ ...worker, commits, around }, time.signal);
}

/** Commits sessions whose policy says so, as often as its schedule runs it. */
export const handler = observedHandler(
  worker,
  middy<ScheduledEvent, void>({ timeoutEarlyInMillis: 0 }).handler(sweep),
);
