import { z } from 'zod';
import { commitStates } from '../../session/index.ts';
import { count, ordinal, text, time } from './fields.ts';

const stateSchema = z.enum(commitStates).meta({
  id: 'CommitState',
  description:
    '`queued`, `committing`, `archived` (the messages are safe; summary and memories follow), `completed`. Without an archive it ends as `empty`, `skipped` or `cancelled`. `dead-lettered` waits for an operator, whose replay makes it `retrying` until a worker continues it.',
});

const timelineEntryViewSchema = z
  .strictObject({
    at: time('When it happened.'),
    event: text('A state of the commit, or a step of the follow-up, such as `summary`.'),
    detail: text('Why, for an entry that is not plain success; at most 300 characters.').exactOptional(),
    step: text('Of a failed attempt: the step that failed.').exactOptional(),
    attempt: ordinal('Of a failed attempt: the delivery, counted from 1.').exactOptional(),
    durationMs: count('Of a failed attempt: how long the step took, in milliseconds.').exactOptional(),
  })
  .readonly()
  .meta({ id: 'TimelineEntryView', description: 'What happened to a commit.' });

export const commitViewSchema = z
  .strictObject({
    commitId: text("The commit's id."),
    state: stateSchema,
    archive: ordinal('The archive that holds the messages, once there is one.').exactOptional(),
    through: count('The last position that this commit may take.').exactOptional(),
    keepRecent: count('How many messages it leaves live, at least.'),
    reason: text('Why somebody wanted it, in their words.').exactOptional(),
    requestedAt: time('When it was requested.'),
    timeline: z.array(timelineEntryViewSchema).readonly().describe('What happened to it, in order.'),
  })
  .readonly()
  .meta({ id: 'CommitView', description: 'What became of a commit.' });

export const commitRequestViewSchema = z
  .strictObject({
    commitId: text("The commit's id."),
    state: stateSchema,
    existing: z.boolean().describe('True when a commit that was already queued does what was requested.'),
  })
  .readonly()
  .meta({ id: 'CommitRequestView', description: 'The commit that does what was requested.' });

export const commitsViewSchema = z
  .strictObject({
    commits: z.array(commitViewSchema).readonly(),
    unreadable: z
      .array(z.string())
      .readonly()
      .exactOptional()
      .describe('Commits of this page whose stored statuses are damaged; absent when there are none.'),
    nextAfter: text('Pass as `after` to get the next page; absent on the last.').exactOptional(),
  })
  .readonly()
  .meta({ id: 'CommitsView', description: "A page of a session's commits, the newest request first." });

/** A commit, as a list of sessions shows it. */
export const commitBriefSchema = z
  .strictObject({
    commitId: text("The commit's id."),
    state: stateSchema,
    archive: ordinal('The archive that holds the messages, once there is one.').exactOptional(),
    requestedAt: time('When it was requested.'),
  })
  .readonly();

/** What happened: a commit state, or a step such as `summary`; `at` is ISO 8601. */
export type TimelineEntryView = z.output<typeof timelineEntryViewSchema>;
export type CommitView = z.output<typeof commitViewSchema>;
/** Answer of a commit request (202). */
export type CommitRequestView = z.output<typeof commitRequestViewSchema>;
/** A page of a session's commits, the newest request first. */
export type CommitsView = z.output<typeof commitsViewSchema>;
