import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { localAws } from '../aws-environment.ts';
import type { Resolver } from '../template/resolver.ts';
import type { Template } from '../template/template.ts';
import { resourcesOf } from './resources-of.ts';

const tableSchema = z.object({
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  KeySchema: z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) })),
});

/** Makes the template's tables, unless they are there. */
export async function makeTables(
  template: Template,
  resolver: Resolver,
  dynamodb: DynamoDBClient,
): Promise<void> {
  const tables = resourcesOf(template, 'AWS::DynamoDB::GlobalTable', resolver.resolve, tableSchema);
  for (const { logicalId: TableName, properties } of tables) {
    const { AttributeDefinitions, KeySchema } = properties;
    if (!(await exists(dynamodb, TableName))) {
      await dynamodb.send(
        new CreateTableCommand({
          TableName,
          AttributeDefinitions,
          KeySchema,
          BillingMode: 'PAY_PER_REQUEST',
        }),
      );
    }
    resolver.define(TableName, {
      ref: TableName,
      attributes: { Arn: `arn:aws:dynamodb:${localAws.region}:${localAws.accountId}:table/${TableName}` },
    });
  }
}

async function exists(dynamodb: DynamoDBClient, TableName: string): Promise<boolean> {
  try {
    await dynamodb.send(new DescribeTableCommand({ TableName }));
    return true;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  }
}
