import { z } from 'zod';
import { count, ordinal, text, time } from './fields.ts';
import { storedMessageSchema } from './stored-message.ts';

const fields = {
  archive: ordinal('Its number: archives of a session count from 1, without gaps.'),
  from: ordinal('The first position that it holds.'),
  to: ordinal('The last position that it holds.'),
  messageCount: count('How many messages it holds.'),
  bytes: count('Of its messages as JSON lines, before compression.'),
  commitId: text('The commit that made it.'),
  sealedAt: time('When its range was sealed.'),
  followUp: z
    .enum(['pending', 'completed', 'dead-lettered'])
    .describe('How far the summary and the memories are.'),
  summary: text('The summary of the session up to here, once there is one.').exactOptional(),
  summaryModel: text('`provider:model` that wrote the summary.').exactOptional(),
  redacted: count(
    'Secrets that were replaced by placeholders when the summary was written; absent where there are none.',
  ).exactOptional(),
};

const nextAfter = ordinal('Pass as `after` to get the next page; absent on the last.').exactOptional();

export const archiveViewSchema = z
  .strictObject(fields)
  .readonly()
  .meta({ id: 'ArchiveView', description: 'What an archive holds. Positions are those of the log.' });

export const archivesViewSchema = z
  .strictObject({ archives: z.array(archiveViewSchema).readonly(), nextAfter })
  .readonly()
  .meta({ id: 'ArchivesView', description: "A page of a session's archives, oldest first." });

export const archiveMessagesViewSchema = z
  .strictObject({ ...fields, messages: z.array(storedMessageSchema).readonly(), nextAfter })
  .readonly()
  .meta({ id: 'ArchiveMessagesView', description: 'An archive, and a page of its messages: whole appends.' });

/** An archive's manifest. `from` and `to` are log positions, both included. */
export type ArchiveView = z.output<typeof archiveViewSchema>;
/** A page of a session's archives, oldest first. */
export type ArchivesView = z.output<typeof archivesViewSchema>;
/** A page of an archive's messages. */
export type ArchiveMessagesView = z.output<typeof archiveMessagesViewSchema>;
