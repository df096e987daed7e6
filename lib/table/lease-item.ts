import { z } from 'zod';
import { itemKind } from './item-kind.ts';
import { partitions } from './keys.ts';

/** Who holds a lease. */
export const leaseItem = itemKind(
  z.object({ owner: z.string(), token: z.string(), expiresAtMs: z.number() }),
);

/** The names of leases: each is the partition that it protects, in whichever store it is kept. */
export const leaseResources = {
  session: partitions.session,
  memories: partitions.memories,
} as const;
