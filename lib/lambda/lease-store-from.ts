import type { SSMClient } from '@aws-sdk/client-ssm';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { Clock } from '../clock/index.ts';
import { dynamodbLeaseStore, type LeaseStore, upstashLeaseStore } from '../lease/index.ts';
import { readEnvironment } from './read-environment.ts';
import { readSecret } from './read-secret.ts';

/** The environment variables that say where leases are kept. */
export const leaseStoreEnvironment = {
  LEASE_STORE: z.enum(['dynamodb', 'upstash']).default('dynamodb'),
  UPSTASH_REDIS_REST_URL: z.url().optional(),
  /** The SSM parameter with the token: the token itself is in no environment. */
  UPSTASH_TOKEN_PARAMETER: z.string().startsWith('/').optional(),
};

const upstashEnvironment = z.object({
  UPSTASH_REDIS_REST_URL: z.url(),
  UPSTASH_TOKEN_PARAMETER: z.string().startsWith('/'),
});

type LeaseStoreEnvironment = z.output<z.ZodObject<typeof leaseStoreEnvironment>>;

/**
 * The lease store that the deployment chose. Upstash's token is read when the first lease is asked for: a function
 * that cannot read it gives its work back as with any store out of reach, in place of failing to start.
 *
 * @throws EnvironmentError naming each variable that the store needs and does not have.
 */
export function leaseStoreFrom(
  environment: LeaseStoreEnvironment & { readonly STAGE: string; readonly TABLE_NAME: string },
  { dynamodb, ssm, clock }: { dynamodb: DynamoDBDocumentClient; ssm: SSMClient; clock: Clock },
): LeaseStore {
  if (environment.LEASE_STORE === 'dynamodb') {
    return dynamodbLeaseStore({ client: dynamodb, tableName: environment.TABLE_NAME, clock });
  }
  const { UPSTASH_REDIS_REST_URL: url, UPSTASH_TOKEN_PARAMETER: tokenParameter } = readEnvironment(
    upstashEnvironment,
    environment,
  );
  const readToken = () => readSecret(ssm, clock, tokenParameter);
  return upstashLeaseStore({ url, readToken, stage: environment.STAGE, clock });
}
