import { z } from 'zod';
import { itemKind } from './item-kind.ts';

/** Who holds a lease. */
export const leaseItem = itemKind(
  z.object({ owner: z.string(), token: z.string(), expiresAtMs: z.number() }),
);
