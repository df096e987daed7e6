import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { arnOf } from '../aws/index.ts';
import { TableOutdatedError } from '../errors.ts';
import type { Resolver } from '../template/resolver.ts';
import type { Template } from '../template/template.ts';
import { resourcesOf } from './resources-of.ts';

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const indexSchema = z.object({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.object({
    ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
});
const tableSchema = z.object({
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.array(indexSchema).optional(),
});

/** Makes the template's tables and their indexes, unless they are there. @throws TableOutdatedError */
export async function makeTables(
  template: Template,
  resolver: Resolver,
  dynamodb: DynamoDBClient,
): Promise<void> {
  const tables = resourcesOf(template, 'AWS::DynamoDB::GlobalTable', resolver.resolve, tableSchema);
  for (const { logicalId: TableName, properties } of tables) {
    const table = await describe(dynamodb, TableName);
    if (table) requireIndexes(table, properties.GlobalSecondaryIndexes ?? []);
    else {
      await dynamodb.send(
        new CreateTableCommand({ TableName, ...properties, BillingMode: 'PAY_PER_REQUEST' }),
      );
    }
    resolver.define(TableName, {
      ref: TableName,
      attributes: { Arn: arnOf('dynamodb', `table/${TableName}`) },
    });
  }
}

async function describe(dynamodb: DynamoDBClient, TableName: string): Promise<TableDescription | undefined> {
  try {
    return (await dynamodb.send(new DescribeTableCommand({ TableName }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** An emulator cannot add an index to a table that has items already. */
function requireIndexes(
  { TableName = '', GlobalSecondaryIndexes = [] }: TableDescription,
  wanted: readonly z.output<typeof indexSchema>[],
): void {
  const keysOf = (keys: readonly { readonly AttributeName?: string | undefined }[] = []) =>
    keys.map(({ AttributeName }) => AttributeName).join();
  for (const { IndexName, KeySchema } of wanted) {
    const index = GlobalSecondaryIndexes.find((one) => one.IndexName === IndexName);
    if (keysOf(index?.KeySchema) !== keysOf(KeySchema)) throw new TableOutdatedError(TableName, IndexName);
  }
}
