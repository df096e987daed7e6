import { z } from 'zod';
import {
  type LogEntry,
  type LogRecord,
  type LogTombstone,
  type Message,
  newMessageSchema,
  type SessionKey,
} from '../session/index.ts';
import { asItCame } from './as-it-came.ts';
import { expiryAttribute } from './expiry.ts';
import { itemKind } from './item-kind.ts';
import { fromSortKey, sessionItemKey, sortKeys } from './keys.ts';

const { role, metadata } = newMessageSchema.shape;
const messageSchema: z.ZodType<Message> = z.looseObject({
  id: z.string(),
  role,
  content: z.string(),
  at: z.string(),
  metadata,
});

/** The messages of an append, as one JSON text. */
const messagesSchema = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      context.addIssue({ code: 'custom', message: 'Invalid input: expected JSON' });
      return z.NEVER;
    }
  })
  .pipe(asItCame(z.array(messageSchema).min(1)));

const sk = z.string().transform(fromSortKey.position).pipe(z.int().min(1));

/** What a position of the log holds. */
export const logItem = itemKind<LogEntry>(
  z
    .discriminatedUnion('kind', [
      z.object({
        kind: z.literal('record'),
        sk,
        appendId: z.string(),
        messages: messagesSchema,
        bytes: z.int().min(0),
        appendedAtMs: z.number(),
      }),
      z.object({ kind: z.literal('void'), sk }),
      z.object({ kind: z.literal('tombstone'), sk, appendId: z.string() }),
    ])
    .transform(({ sk: position, ...entry }) => ({ ...entry, position })),
);

const keyOf = (key: SessionKey, position: number) => sessionItemKey(key, sortKeys.position(position));

export const toRecordItem = (key: SessionKey, { position, messages, ...rest }: LogRecord) =>
  logItem.write(keyOf(key, position), { ...rest, messages: JSON.stringify(messages) });

export const toVoidItem = (key: SessionKey, position: number, expiresAtMs: number) =>
  logItem.write(keyOf(key, position), { kind: 'void', ...expiryAttribute(expiresAtMs) });

export const toTombstoneItem = (key: SessionKey, tombstone: LogTombstone, expiresAtMs: number) => {
  const { position, kind, appendId } = tombstone;
  return logItem.write(keyOf(key, position), { kind, appendId, ...expiryAttribute(expiresAtMs) });
};
