export { dynamodbLeaseStore } from './dynamodb-lease-store.ts';
export {
  LeaseLostError,
  LeaseStoreUnavailableError,
  LeaseUnavailableError,
} from './errors.ts';
export { inProcessLeaseStore } from './in-process-lease-store.ts';
export type { LeaseContext, LeasePolicy } from './lease-context.ts';
export type { LeaseEvent } from './lease-event.ts';
export type { LeaseHolder, LeaseStore } from './lease-store.ts';
export { upstashLeaseStore } from './upstash-lease-store.ts';
export { whenExhausted } from './when-exhausted.ts';
export { withLease } from './with-lease.ts';
