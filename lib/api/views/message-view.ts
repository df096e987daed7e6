import { z } from 'zod';
import { ordinal, text, time } from './fields.ts';

/** Where a message is, without its id. */
export const messagePlaceFields = {
  state: z
    .enum(['live', 'archiving', 'archived'])
    .describe('`archiving`: a commit has taken it, and its archive cannot be read yet.'),
  position: ordinal('Its place in the log of the session.'),
  archive: ordinal('The archive that it is in, or will be in; absent while it is live.').exactOptional(),
};

const messagePlaceViewSchema = z
  .strictObject({
    messageId: text('The id of the message.'),
    ...messagePlaceFields,
    appendedAt: time('When the append was stored.'),
    summarised: z.boolean().describe('Whether the archive has its summary.'),
  })
  .readonly()
  .meta({ id: 'MessagePlaceView', description: 'Where a message is.' });

const messageSearchViewSchema = z
  .strictObject({
    messageId: text('The id of the message.'),
    state: z.literal('not-found-yet'),
    nextBefore: ordinal('Pass as `before` to search on.'),
  })
  .readonly()
  .meta({
    id: 'MessageSearchView',
    description: 'The newest part of the session, as much as one request reads, does not hold the message.',
  });

export const messageViewSchema = z
  .union([messagePlaceViewSchema, messageSearchViewSchema])
  .meta({ id: 'MessageView', description: 'Where a message is, or where to search on.' });

export type MessageView = z.output<typeof messageViewSchema>;
