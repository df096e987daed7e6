import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTableCommand,
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
const vectorIndexSchema = z.object({
  IndexName: z.string(),
  VectorAttribute: z.object({ AttributeName: z.string() }),
  Dimensions: z.number(),
  DistanceFunction: z.enum(['COSINE', 'DOT_PRODUCT', 'EUCLIDEAN']),
  SearchSchema: z
    .array(
      z.object({ AttributeName: z.string(), SearchSchemaElementType: z.enum(['HASH', 'INLINE_FILTER']) }),
    )
    .optional(),
  Projection: indexSchema.shape.Projection,
});
const tableSchema = z.object({
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.array(indexSchema).optional(),
  VectorIndexes: z.array(vectorIndexSchema).optional(),
  StreamSpecification: z
    .object({ StreamViewType: z.enum(['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES']) })
    .transform((stream) => ({ ...stream, StreamEnabled: true }))
    .optional(),
});
type TableProperties = z.output<typeof tableSchema>;
type Indexes = Pick<TableProperties, 'GlobalSecondaryIndexes' | 'VectorIndexes'>;

/** Makes the template's tables with their indexes and streams, unless they are there. @throws TableOutdatedError */
export async function makeTables(
  template: Template,
  resolver: Resolver,
  dynamodb: DynamoDBClient,
): Promise<void> {
  const tables = resourcesOf(template, 'AWS::DynamoDB::GlobalTable', resolver.resolve, tableSchema);
  for (const { logicalId: TableName, properties } of tables) {
    const table = await describe(dynamodb, TableName);
    if (table) requireIndexes(table, properties);
    const streamArn = table
      ? await requireStream(dynamodb, table, properties)
      : await create(dynamodb, TableName, properties);
    resolver.define(TableName, {
      ref: TableName,
      attributes: {
        Arn: arnOf('dynamodb', `table/${TableName}`),
        ...(streamArn !== undefined && { StreamArn: streamArn }),
      },
    });
  }
}

/** @returns the ARN of its stream, if it has one. */
async function create(
  dynamodb: DynamoDBClient,
  TableName: string,
  properties: TableProperties,
): Promise<string | undefined> {
  const { TableDescription } = await dynamodb.send(
    new CreateTableCommand({ TableName, ...properties, BillingMode: 'PAY_PER_REQUEST' }),
  );
  return TableDescription?.LatestStreamArn;
}

/**
 * Gives a table the stream that it was made without, by an earlier version; what was written before is not in it. A
 * stream that shows something else goes first, as a deployment would have it.
 */
async function requireStream(
  dynamodb: DynamoDBClient,
  { TableName, StreamSpecification: found, LatestStreamArn }: TableDescription,
  { StreamSpecification: wanted }: TableProperties,
): Promise<string | undefined> {
  if (found?.StreamViewType === wanted?.StreamViewType) return LatestStreamArn;
  const update = (StreamSpecification: NonNullable<TableDescription['StreamSpecification']>) =>
    dynamodb.send(new UpdateTableCommand({ TableName, StreamSpecification }));
  if (found) await update({ StreamEnabled: false });
  if (!wanted) return undefined;
  return (await update(wanted)).TableDescription?.LatestStreamArn;
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
function requireIndexes({ TableName = '', ...table }: TableDescription, wanted: Indexes): void {
  const keysOf = (keys: readonly { readonly AttributeName?: string | undefined }[] = []) =>
    keys.map(({ AttributeName }) => AttributeName).join();
  for (const { IndexName, KeySchema } of wanted.GlobalSecondaryIndexes ?? []) {
    const index = table.GlobalSecondaryIndexes?.find((one) => one.IndexName === IndexName);
    if (keysOf(index?.KeySchema) !== keysOf(KeySchema)) throw new TableOutdatedError(TableName, IndexName);
  }
  for (const { IndexName, Dimensions, SearchSchema } of wanted.VectorIndexes ?? []) {
    const index = table.VectorIndexes?.find((one) => one.IndexName === IndexName);
    if (index?.Dimensions !== Dimensions || keysOf(index.SearchSchema) !== keysOf(SearchSchema))
      throw new TableOutdatedError(TableName, IndexName);
  }
}
