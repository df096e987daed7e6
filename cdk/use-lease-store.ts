import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { grantSecret } from './grant-secret.ts';
import type { LeaseStoreSetting } from './lease-store-setting.ts';

export interface LeaseStoreUse {
  /** What a function that takes leases is told: never a secret, but where to read it. */
  readonly environment: {
    readonly LEASE_STORE: LeaseStoreSetting['kind'];
    readonly UPSTASH_REDIS_REST_URL?: string;
    readonly UPSTASH_TOKEN_PARAMETER?: string;
  };
  /** Lets a function read the token of a store that has one. Leases in the table are items like all others. */
  grantLeases(handler: IFunction): void;
}

/** Where leases are kept, as functions use it. */
export function useLeaseStore(leaseStore: LeaseStoreSetting): LeaseStoreUse {
  if (leaseStore.kind === 'dynamodb') {
    return { environment: { LEASE_STORE: 'dynamodb' }, grantLeases: () => undefined };
  }
  const { url, tokenParameter } = leaseStore;
  return {
    environment: {
      LEASE_STORE: 'upstash',
      UPSTASH_REDIS_REST_URL: url,
      UPSTASH_TOKEN_PARAMETER: tokenParameter,
    },
    grantLeases: (handler) => grantSecret(handler, tokenParameter),
  };
}
