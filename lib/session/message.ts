import { z } from 'zod';
import { boundedArray } from '../json/index.ts';
import type { JsonObject, MessageContent, Role } from '../messages/index.ts';
import { appendBounds } from './append-bounds.ts';
import { messageContentSchema } from './content-schema.ts';
import { namePattern } from './name-pattern.ts';

export const nameSchema = z
  .string()
  .regex(namePattern, "1 to 128 characters out of A-Z a-z 0-9 . _ : @ + | -, and not '.' or '..'");

/** A message as a frontend sends it. Written out, so that the client's types need no library of schemas. */
export interface NewMessage {
  /** The frontend's own id. Where all messages of an append have one, each is stored once in 12 hours. */
  id?: string | undefined;
  role: Role;
  content: MessageContent;
  /** When it was said, by the frontend's clock; the time of the append unless given. */
  at?: string | undefined;
  /** Anything the frontend wants to find again; stored and returned unaltered, never read. */
  metadata?: JsonObject | undefined;
}

export const messageRoles = ['user', 'assistant', 'system', 'tool'] as const;

/**
 * Anything the frontend wants to find again. What is in it is not looked at here: it is part of a JSON text, which
 * `readJson` has read.
 */
export const messageMetadataSchema = z.custom<JsonObject>(isObject, 'must be a JSON object').meta({
  documentedAs: z.record(z.string(), z.unknown()),
  description: 'Anything the frontend wants to find again; stored and returned unaltered, never read.',
});

export const newMessageSchema = z
  .strictObject({
    id: nameSchema
      .describe(
        "The frontend's own id. Where all messages of an append have one, each is stored once in 12 hours.",
      )
      .optional(),
    role: z.enum(messageRoles).describe('Whose words they are.'),
    content: messageContentSchema,
    at: z.iso
      .datetime({ offset: true })
      .describe("When it was said, by the frontend's clock; the time of the append unless given.")
      .optional(),
    metadata: messageMetadataSchema.optional(),
  })
  .meta({
    id: 'NewMessage',
    description: 'A message as a frontend sends it.',
  }) satisfies z.ZodType<NewMessage>;

/** The messages of one append. */
export const newMessagesSchema = boundedArray(newMessageSchema, {
  min: 1,
  max: appendBounds.maxMessages,
  what: 'messages',
});

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A message as it is stored: `id` and `at` are always there. */
export type Message = Omit<NewMessage, 'id' | 'at'> & { readonly id: string; readonly at: string };
