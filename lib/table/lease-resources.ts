import { partitions } from './keys.ts';

/** The names of leases: each is the partition that it protects, in whichever store it is kept. */
export const leaseResources = {
  session: partitions.session,
  memories: partitions.memories,
} as const;
