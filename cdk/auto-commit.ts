import { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaHandler } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { dueIndex } from '../lib/store/index.ts';
import { bundledFunction } from './bundled-function.ts';
import type { FifoQueue } from './fifo-queue.ts';

const EVERY = Duration.minutes(1);
/** Shorter than the time between two runs, so that runs do not pile up. */
const TIMEOUT_MS = 50_000;
/** A late run is of no use: the next one does its work. */
const NO_REPETITION = { retryAttempts: 0, maxEventAge: EVERY };

export interface AutoCommitProps {
  readonly table: TableV2;
  readonly commits: FifoQueue;
  readonly environment: Readonly<Record<string, string>>;
}

/** Looks, once a minute, for sessions whose policy says that they are to be committed. */
export class AutoCommit extends Construct {
  readonly handler: LambdaHandler;

  constructor(scope: Construct, id: string, { table, commits, environment }: AutoCommitProps) {
    super(scope, id);
    this.handler = bundledFunction(this, 'Function', {
      folder: 'auto-commit',
      description: 'Commits sessions whose policy says so',
      timeoutMs: TIMEOUT_MS,
      memoryMb: 512,
      environment: { ...environment, COMMIT_QUEUE_URL: commits.queue.queueUrl },
    });
    commits.queue.grantSendMessages(this.handler);
    this.handler.addToRolePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ['dynamodb:Query'],
        resources: [`${table.tableArn}/index/${dueIndex.name}`],
      }),
    );
    new Rule(this, 'Schedule', {
      schedule: Schedule.rate(EVERY),
      targets: [new LambdaFunction(this.handler, NO_REPETITION)],
    });
    // The rule's own policy ends when Lambda has taken the event. Lambda would repeat a run that fails twice more.
    this.handler.configureAsyncInvoke(NO_REPETITION);
  }
}
