import { Stack } from 'aws-cdk-lib';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct, type IConstruct } from 'constructs';

/** A Commitlane, of this stack or of another one. */
export interface ICommitlane extends IConstruct {
  /** Where frontends find the HTTP API. */
  readonly apiUrl: string;
  /** The one table. Its items are Commitlane's own: read docs/architecture.md before you write to it. */
  readonly table: ITableV2;
  /** Where back ends enqueue commits, with `commitlane/enqueue`. */
  readonly commitQueue: IQueue;
  readonly commitDeadLetterQueue: IQueue;
  readonly followUpQueue: IQueue;
  readonly followUpDeadLetterQueue: IQueue;
  /** Where a `Rule` finds what becomes of commits and memories; docs/events.md has the events. */
  readonly eventBus: IEventBus;

  /** Lets somebody send to the commit queue: all that `commitlane/enqueue` does. It trusts them with every tenant. */
  grantEnqueue(grantee: IGrantable): Grant;
  /** Lets somebody call the API with signed requests, where `auth` is `iam`. */
  grantCallApi(grantee: IGrantable): Grant;
}

/** What can be done with a Commitlane, whichever stack it is of. */
export abstract class CommitlaneBase extends Construct implements ICommitlane {
  abstract readonly apiUrl: string;
  abstract readonly table: ITableV2;
  abstract readonly commitQueue: IQueue;
  abstract readonly commitDeadLetterQueue: IQueue;
  abstract readonly followUpQueue: IQueue;
  abstract readonly followUpDeadLetterQueue: IQueue;
  abstract readonly eventBus: IEventBus;
  protected abstract readonly apiId: string;

  grantEnqueue(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['sqs:SendMessage'],
      resourceArns: [this.commitQueue.queueArn],
    });
  }

  grantCallApi(grantee: IGrantable): Grant {
    const api = { service: 'execute-api', resource: this.apiId, resourceName: '*/*' };
    return Grant.addToPrincipal({
      grantee,
      actions: ['execute-api:Invoke'],
      resourceArns: [Stack.of(this).formatArn(api)],
    });
  }
}
