import { z } from 'zod';
import { parseJson } from '../json/index.ts';
import type { ContentPart } from '../messages/index.ts';
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
const fields = { id: z.string(), role, at: z.string(), metadata };
/** Parts were looked at when they were appended; what a later release may know of them is kept, too. */
const partsSchema = z.custom<readonly ContentPart[]>(isParts, 'Invalid input: expected parts');
const messageSchemas = {
  1: z.looseObject({ ...fields, content: z.string() }),
  2: z.looseObject({ ...fields, content: z.union([z.string(), partsSchema]) }),
} as const satisfies Record<number, z.ZodType<Message>>;

/** The messages of an append, as one JSON text. */
const messagesOf = (version: 1 | 2) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return parseJson(text);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        context.addIssue({ code: 'custom', message: 'Invalid input: expected JSON' });
        return z.NEVER;
      }
    })
    .pipe(asItCame<Message[]>(z.array(messageSchemas[version]).min(1)));

const sk = z.string().transform(fromSortKey.position).pipe(z.int().min(1));

const entryOf = (version: 1 | 2): z.ZodType<LogEntry> =>
  z
    .discriminatedUnion('kind', [
      z.object({
        kind: z.literal('record'),
        sk,
        appendId: z.string(),
        messages: messagesOf(version),
        bytes: z.int().min(0),
        appendedAtMs: z.number(),
      }),
      z.object({ kind: z.literal('void'), sk }),
      z.object({ kind: z.literal('tombstone'), sk, appendId: z.string() }),
    ])
    .transform(({ sk: position, ...entry }) => ({ ...entry, position }));

/** What a position of the log holds; from version 2 on, messages may have parts. */
export const logItem = itemKind<LogEntry>(entryOf(1), entryOf(2));

const keyOf = (key: SessionKey, position: number) => sessionItemKey(key, sortKeys.position(position));

export const toRecordItem = (key: SessionKey, { position, messages, ...rest }: LogRecord) =>
  logItem.write(
    keyOf(key, position),
    { ...rest, messages: JSON.stringify(messages) },
    messages.some(({ content }) => typeof content !== 'string') ? 2 : 1,
  );

export const toVoidItem = (key: SessionKey, position: number, expiresAtMs: number) =>
  logItem.write(keyOf(key, position), { kind: 'void', ...expiryAttribute(expiresAtMs) }, 1);

export const toTombstoneItem = (key: SessionKey, tombstone: LogTombstone, expiresAtMs: number) => {
  const { position, kind, appendId } = tombstone;
  return logItem.write(keyOf(key, position), { kind, appendId, ...expiryAttribute(expiresAtMs) }, 1);
};

function isParts(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((part) => typeof part?.type === 'string');
}
