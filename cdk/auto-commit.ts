import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Function as LambdaHandler } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { bundledFunction } from './bundled-function.ts';
import type { Foundation } from './foundation.ts';
import type { QueueConsumer } from './queue-consumer.ts';

const EVERY = Duration.minutes(1);
/** Shorter than the time between two runs, so that runs do not pile up. */
const TIMEOUT_MS = 50_000;
/** A late run is of no use: the next one does its work. */
const NO_REPETITION = { retryAttempts: 0, maxEventAge: EVERY };

export interface AutoCommitProps {
  readonly foundation: Pick<Foundation, 'settings' | 'table'>;
  readonly commits: QueueConsumer;
}

/** Checks, once a minute, which sessions are to be committed by their policies. */
export class AutoCommit extends Construct {
  readonly handler: LambdaHandler;

  constructor(scope: Construct, id: string, { foundation, commits }: AutoCommitProps) {
    super(scope, id);
    const { settings, table } = foundation;
    this.handler = bundledFunction(this, 'Function', {
      folder: 'auto-commit',
      description: 'Commits sessions whose policy says so',
      timeoutMs: TIMEOUT_MS,
      memoryMb: 512,
      tracingLayer: settings.tracingLayer,
      environment: {
        STAGE: settings.stage,
        ...table.environment,
        COMMIT_QUEUE_URL: commits.urls.queueUrl,
      },
    });
    commits.queue.grantSendMessages(this.handler);
    table.grantDueChecks(this.handler);
    // It checks sessions, asks for commits, and records deaths; it archives and deletes nothing.
    table.grantItems(this.handler, [
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ]);
    new Rule(this, 'Schedule', {
      schedule: Schedule.rate(EVERY),
      targets: [new LambdaFunction(this.handler, NO_REPETITION)],
    });
    // The rule's own policy ends when Lambda has taken the event. Lambda would repeat a run that fails twice more.
    this.handler.configureAsyncInvoke(NO_REPETITION);
  }
}
