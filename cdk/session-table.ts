import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, ProjectionType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { dueIndex, listIndexes, tableIndexes } from '../lib/table/index.ts';
import type { Settings } from './settings.ts';

/** What can be done to items, all that lib's adapters do. */
const ITEM_ACTIONS = [
  'dynamodb:GetItem',
  'dynamodb:BatchGetItem',
  'dynamodb:Query',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
] as const;

type ItemAction = (typeof ITEM_ACTIONS)[number];

interface SessionTableProps {
  /** Whether nobody may delete it. */
  readonly isProtected: boolean;
  readonly indexes: Settings['indexes'];
}

/** The one table: sessions, archives, commits, memories and leases. It outlives the stack. */
export class SessionTable extends TableV2 {
  constructor(scope: Construct, id: string, { isProtected, indexes }: SessionTableProps) {
    super(scope, id, {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      globalSecondaryIndexes: indexesOf(indexes).map(({ name, partition, sort, sortType }) => ({
        indexName: name,
        partitionKey: { name: partition, type: AttributeType.STRING },
        sortKey: { name: sort, type: sortType === 'N' ? AttributeType.NUMBER : AttributeType.STRING },
        projectionType: ProjectionType.KEYS_ONLY,
      })),
      billing: Billing.onDemand(),
      timeToLiveAttribute: 'expiresAtSeconds',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      deletionProtection: isProtected,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** What a function that uses the table is told. */
  get environment() {
    return { TABLE_NAME: this.tableName };
  }

  /** Lets a function do these things to items, and no more: the table's own `grant` would let it query its indexes, too. */
  grantItems(handler: IFunction, actions: readonly ItemAction[] = ITEM_ACTIONS): void {
    allow(handler, actions, this.tableArn);
  }

  /** Lets a function check items in a transaction that it does not write. What it writes there is as any other write. */
  grantChecks(handler: IFunction): void {
    allow(handler, ['dynamodb:ConditionCheckItem'], this.tableArn);
  }

  /** Lets a function list the sessions whose check is due. */
  grantDueChecks(handler: IFunction): void {
    allow(handler, ['dynamodb:Query'], `${this.tableArn}/index/${dueIndex.name}`);
  }

  /** Lets a function list sessions and commits. */
  grantLists(handler: IFunction): void {
    for (const { name } of Object.values(listIndexes)) {
      allow(handler, ['dynamodb:Query'], `${this.tableArn}/index/${name}`);
    }
  }
}

function indexesOf(indexes: Settings['indexes']) {
  return indexes === 'all'
    ? tableIndexes
    : tableIndexes.filter(({ name }) => name !== listIndexes.scopes.name);
}

function allow(handler: IFunction, actions: readonly string[], resource: string): void {
  handler.addToRolePolicy(
    new PolicyStatement({ effect: Effect.ALLOW, actions: [...actions], resources: [resource] }),
  );
}
