import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, ProjectionType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { dueIndex } from '../lib/store/index.ts';

/** The one table: sessions, archives, commits, memories and leases. It outlives the stack. */
export function sessionTable(scope: Construct, { isProtected }: { readonly isProtected: boolean }): TableV2 {
  return new TableV2(scope, 'Sessions', {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    globalSecondaryIndexes: [
      {
        indexName: dueIndex.name,
        partitionKey: { name: dueIndex.shard, type: AttributeType.STRING },
        sortKey: { name: dueIndex.time, type: AttributeType.NUMBER },
        projectionType: ProjectionType.KEYS_ONLY,
      },
    ],
    billing: Billing.onDemand(),
    timeToLiveAttribute: 'expiresAtSeconds',
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    encryption: TableEncryptionV2.dynamoOwnedKey(),
    deletionProtection: isProtected,
    removalPolicy: RemovalPolicy.RETAIN,
  });
}
