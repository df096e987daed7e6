import { z } from 'zod';
import type { AppendKey, SessionKey } from '../session/index.ts';
import { expiryAttribute } from './expiry.ts';
import { itemKind } from './item-kind.ts';
import { sessionItemKey, sortKeys } from './keys.ts';

/** What is remembered of an append that may be repeated, or of a message of one. */
export const appendKeyItem = itemKind<AppendKey>(
  z.object({
    key: z.string(),
    position: z.int().min(1),
    sha256: z.string(),
    messageIds: z.array(z.string()),
    appendId: z.exactOptional(z.string()),
    expiresAtMs: z.number(),
  }),
);

export const toAppendKeyItem = (key: SessionKey, appendKey: AppendKey) =>
  appendKeyItem.write(sessionItemKey(key, sortKeys.appendKey(appendKey.key)), {
    ...appendKey,
    ...expiryAttribute(appendKey.expiresAtMs),
  });
