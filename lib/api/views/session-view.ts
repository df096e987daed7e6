import { z } from 'zod';
import { memoryCategorySchema } from '../../memory/index.ts';
import { autoCommitPolicySchema } from '../../session/index.ts';
import { archiveViewSchema } from './archive-view.ts';
import { commitBriefSchema, commitViewSchema } from './commit-view.ts';
import { count, ordinal, text, time } from './fields.ts';
import { storedMessageSchema } from './stored-message.ts';

const fields = {
  sessionId: text('The id of the session.'),
  scope: text('Whose memories it feeds.'),
  title: text('What people call it.').exactOptional(),
  createdAt: time('When it was created.'),
};
const archiveCount = count('How many archives it has.');

const listedSessionViewSchema = z
  .strictObject({
    ...fields,
    activeAt: time('When it was created, or appended to last.'),
    appendedMessages: count('Messages of all appends; those of an append that was repeated count again.'),
    liveAppends: count('Appends that are in no archive yet, with those that were begun and never stored.'),
    archiveCount,
    lastCommit: commitBriefSchema
      .exactOptional()
      .describe('The commit that was requested last, while its status is kept.'),
  })
  .readonly()
  .meta({ id: 'ListedSessionView', description: 'A session, as lists show it.' });

export const sessionsViewSchema = z
  .strictObject({
    sessions: z.array(listedSessionViewSchema).readonly(),
    unreadable: z
      .array(z.string())
      .readonly()
      .exactOptional()
      .describe('Sessions of this page whose items are damaged; absent when there are none.'),
    nextAfter: text('Pass as `after` to get the next page; absent on the last.').exactOptional(),
  })
  .readonly()
  .meta({ id: 'SessionsView', description: 'A page of sessions, newest activity first.' });

export const sessionViewSchema = z
  .strictObject({
    ...fields,
    memoryCategories: z
      .array(memoryCategorySchema)
      .readonly()
      .describe('What is remembered of it: the categories of its restriction, or all of the deployment.'),
    autoCommit: autoCommitPolicySchema
      .readonly()
      .meta({ id: 'AutoCommitPolicy', description: 'The policy of a session, with its defaults.' })
      .exactOptional()
      .describe('When it is committed without being asked; absent: never.'),
    activeAt: time(
      'When it was created, or appended to last; absent where neither happened since there are lists of sessions.',
    ).exactOptional(),
    archiveCount,
    live: z.array(storedMessageSchema).readonly().describe('A page of the live messages, oldest first.'),
    nextAfter: ordinal(
      'Pass as `after` to get the next page of live messages; absent on the last.',
    ).exactOptional(),
    lastArchive: archiveViewSchema.exactOptional().describe('The newest archive, once there is one.'),
    runningCommit: commitViewSchema.exactOptional().describe('The commit that is queued or running.'),
  })
  .readonly()
  .meta({ id: 'SessionView', description: 'A session, and a page of its live messages.' });

/** A session, as lists show it. */
export type ListedSessionView = z.output<typeof listedSessionViewSchema>;
/** A page of sessions, newest activity first. */
export type SessionsView = z.output<typeof sessionsViewSchema>;
export type SessionView = z.output<typeof sessionViewSchema>;
