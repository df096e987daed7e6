import { z } from 'zod';
import { memoryFields, ordinal, text, time } from '../api/views/index.ts';
import { SEQUENCE_DIGITS } from './event-sequence.ts';

/** Whom all events come from, as rules of EventBridge match it. */
export const EVENT_SOURCE = 'commitlane';

/** The form of the details below. A field that is added is no other version. */
export const EVENT_VERSION = 1;

/** The states of a commit that are told; `commit.archived` is told of every commit that gets an archive. */
export const toldStates = ['completed', 'dead-lettered', 'empty', 'skipped', 'cancelled'] as const;
export type ToldState = (typeof toldStates)[number];

const commitEventTypes = [
  'commit.archived',
  ...toldStates.map((state) => `commit.${state}` as const),
] as const;

const common = {
  id: text(
    'The same whenever this event is delivered again, and that of no other event: 32 hexadecimal digits.',
  ),
  sequence: z
    .string()
    .regex(new RegExp(`^\\d{${SEQUENCE_DIGITS}}$`))
    .describe(
      `Orders the events of a session's commits, and those of a scope's memories: ${SEQUENCE_DIGITS} digits, so that texts sort as numbers.`,
    ),
  version: z.literal(EVENT_VERSION).describe('The form of this detail.'),
  tenant: text('Whose session or memory it is.'),
  at: time('When it happened.'),
};

export const commitEventSchema = z
  .strictObject({
    type: z
      .enum(commitEventTypes)
      .describe('What became of the commit: `commit.` and its state. It is the `detail-type`, too.'),
    ...common,
    session: text('The session.'),
    commitId: text("The commit's id."),
    archive: ordinal('The archive that holds the messages, once there is one.').exactOptional(),
    requestedAt: time('When the commit was requested.'),
    reason: text('Why somebody wanted it, in their words.').exactOptional(),
    detail: text(
      'Why, where it is not plain success, such as of `commit.dead-lettered`; at most 300 characters.',
    ).exactOptional(),
  })
  .readonly()
  .meta({ id: 'CommitEvent', description: 'Something became of a commit.' });

const memoryStateSchema = z
  .strictObject({
    text: text('What holds.').exactOptional(),
    forgotten: z.literal(true).describe('It was taken back.').exactOptional(),
    confidence: memoryFields.confidence,
    firstSeenAt: memoryFields.firstSeenAt,
    lastSeenAt: memoryFields.lastSeenAt,
    saidAt: time('When what holds was said, or taken back.'),
    by: memoryFields.by,
  })
  .readonly()
  .meta({ id: 'MemoryState', description: 'What was, or is, known of the subject.' });

export const memoryEventSchema = z
  .strictObject({
    type: z.literal('memory.changed').describe('It is the `detail-type`, too.'),
    ...common,
    scope: text('Whose memory it is.'),
    category: memoryFields.category,
    key: memoryFields.key,
    before: memoryStateSchema
      .describe(
        'What was known; absent of a new memory. It has its text only where something was added, so that the text is still in the history. It never has that of something that was erased.',
      )
      .exactOptional(),
    after: memoryStateSchema
      .describe('What is known; absent where nothing is any more: delete what you keep of it.')
      .exactOptional(),
  })
  .readonly()
  .meta({ id: 'MemoryEvent', description: 'A memory appeared, says something else, or is gone.' });

export const eventSchema = z.union([commitEventSchema, memoryEventSchema]);

export type CommitEventDetail = z.output<typeof commitEventSchema>;
export type MemoryEventDetail = z.output<typeof memoryEventSchema>;
export type MemoryState = z.output<typeof memoryStateSchema>;
/** The `detail` of an event on the bus; its `type` is the `detail-type`. */
export type CommitlaneEvent = CommitEventDetail | MemoryEventDetail;

/** What `type` may be. */
export const eventTypes = [...commitEventTypes, 'memory.changed'] as const;
