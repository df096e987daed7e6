import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { clientEnvironment, dynamodbClient } from './aws-clients.ts';

/** The environment variables that say which table holds sessions and memories. */
export const tableEnvironment = { ...clientEnvironment, TABLE_NAME: z.string().min(1) };

type TableEnvironment = z.output<z.ZodObject<typeof tableEnvironment>>;

/** The table of the deployment, with the one client that all stores of a function share. */
export function tableFromEnvironment(environment: TableEnvironment): {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
} {
  return { client: dynamodbClient(environment), tableName: environment.TABLE_NAME };
}
