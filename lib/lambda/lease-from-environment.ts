import { randomUUID } from 'node:crypto';
import type { LeaseContext } from '../lease/index.ts';
import { leaseStoreFrom } from './lease-store-from.ts';
import type { Runtime } from './runtime.ts';

type LeaseStoreArguments = Parameters<typeof leaseStoreFrom>;

/** What it takes to lease, from the lease store that the deployment chose. @throws EnvironmentError as `leaseStoreFrom` */
export function leaseFromEnvironment(
  environment: LeaseStoreArguments[0],
  context: Omit<LeaseStoreArguments[1], 'clock'> & Pick<Runtime, 'clock' | 'random' | 'onEvent'>,
): LeaseContext {
  const { clock, random, onEvent } = context;
  return { leases: leaseStoreFrom(environment, context), clock, random, newId: randomUUID, onEvent };
}
