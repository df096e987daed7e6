import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  CfnGlobalTable,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { dueIndex, keyAttributes, listIndexes, tableIndexes, vectorIndex } from '../lib/table/index.ts';
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
  /** With an index of vectors of this many dimensions; without one unless given. */
  readonly vectorDimensions?: number;
}

/** The one table: sessions, archives, commits, memories and leases. It outlives the stack. */
export class SessionTable extends TableV2 {
  readonly #vectorDimensions: number | undefined;

  constructor(scope: Construct, id: string, props: SessionTableProps) {
    const { isProtected, indexes, vectorDimensions } = props;
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
      // Events are made of what a write changed, so no write has to tell them.
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: 'expiresAtSeconds',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      deletionProtection: isProtected,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.#vectorDimensions = vectorDimensions;
    if (vectorDimensions !== undefined) addVectorIndex(this, indexesOf(indexes), vectorDimensions);
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

  /** Lets a function find by meaning; it lets it do nothing where the table has no index of vectors. */
  grantVectorSearch(handler: IFunction): void {
    if (this.#vectorDimensions === undefined) return;
    const { name } = vectorIndex(this.#vectorDimensions);
    allow(handler, ['dynamodb:SearchVectors'], `${this.tableArn}/index/${name}`);
  }
}

/** `TableV2` knows no vector indexes. The attribute that is their HASH key must be declared as one of a key is. */
function addVectorIndex(table: TableV2, indexes: typeof tableIndexes, dimensions: number): void {
  const resource = table.node.defaultChild;
  if (!(resource instanceof CfnGlobalTable)) throw new Error('The installed CDK makes its tables otherwise.');
  const { name, attribute, partition } = vectorIndex(dimensions);
  resource.attributeDefinitions = keyAttributes({ indexes, dimensions }).map((one) => ({
    attributeName: one.name,
    attributeType: one.type,
  }));
  resource.vectorIndexes = [
    {
      indexName: name,
      vectorAttribute: { attributeName: attribute },
      dimensions,
      distanceFunction: 'COSINE',
      searchSchema: [{ attributeName: partition, searchSchemaElementType: 'HASH' }],
      projection: { projectionType: 'KEYS_ONLY' },
    },
  ];
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
