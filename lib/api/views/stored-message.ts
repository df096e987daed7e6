import { z } from 'zod';
import { messageContentSchema, messageMetadataSchema, messageRoles } from '../../session/index.ts';
import { ordinal, text } from './fields.ts';

const fields = {
  role: z.enum(messageRoles).describe('Whose words they are.'),
  content: messageContentSchema,
  at: text('When it was said, in ISO 8601, as it was sent.'),
  metadata: messageMetadataSchema.optional(),
};

export const storedMessageSchema = z
  .strictObject({
    id: text('The id that it was sent with, or one that it was given.'),
    ...fields,
    position: ordinal('Its place in the log of the session. Messages of one append share it.'),
    shortened: z
      .literal(true)
      .exactOptional()
      .describe('Only in a context: its middle was left out, so that it fits in the budget.'),
  })
  .readonly()
  .meta({ id: 'StoredMessage', description: 'A message, as it was sent, and where it is.' });

/** A message for a chat model. */
export const contextMessageSchema = z
  .strictObject({
    id: text('The id of the message; absent where it is what is remembered.').exactOptional(),
    role: fields.role,
    content: fields.content,
    metadata: fields.metadata,
  })
  .readonly()
  .meta({ id: 'ContextMessage', description: 'A message that is ready for a chat model.' });
