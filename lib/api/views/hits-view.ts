import { z } from 'zod';
import { rankings } from '../../search/index.ts';
import { ordinal, text } from './fields.ts';
import { memoryFields } from './memory-view.ts';
import { messagePlaceFields } from './message-view.ts';
import { storedMessageSchema } from './stored-message.ts';

const ranking = z
  .enum(rankings)
  .describe(
    'What the hits were ranked by: words alone, or meaning as well. Answers that go on are by words.',
  );
const score = z.number().positive().describe('Comparable within one answer only.');

const memoryHitViewSchema = z
  .strictObject({ ...memoryFields, text: text('What holds.'), score })
  .readonly()
  .meta({ id: 'MemoryHitView', description: 'A memory that is near to a query.' });

export const memoryHitsViewSchema = z
  .strictObject({
    scope: text('Whose memories they are.'),
    ranking,
    hits: z.array(memoryHitViewSchema).readonly().describe('The nearest first.'),
    nextAfter: text('Pass as `after` to search what was not read; absent when all was.').exactOptional(),
  })
  .readonly()
  .meta({
    id: 'MemoryHitsView',
    description: 'The memories that are nearest to a query, of those that were read; by meaning, of all.',
  });

const messageHitViewSchema = z
  .strictObject({
    messageId: text('The id of the message.'),
    ...messagePlaceFields,
    role: storedMessageSchema.unwrap().shape.role,
    at: storedMessageSchema.unwrap().shape.at,
    speaker: text('The name in its metadata, where it has one.').exactOptional(),
    score,
    snippet: text('What of it is near to the query, in at most 300 characters.'),
  })
  .readonly()
  .meta({ id: 'MessageHitView', description: 'A message that is near to a query, and where it is.' });

export const messageHitsViewSchema = z
  .strictObject({
    sessionId: text('The id of the session.'),
    ranking,
    hits: z.array(messageHitViewSchema).readonly().describe('The nearest first.'),
    nextBefore: ordinal(
      'Pass as `before` to search what was not read, which is earlier; absent when all was.',
    ).exactOptional(),
  })
  .readonly()
  .meta({
    id: 'MessageHitsView',
    description:
      'The messages that are nearest to a query, of those that were read; by meaning, of all archives.',
  });

/** `score` is above 0, and comparable within one answer only. */
export type MemoryHitView = z.output<typeof memoryHitViewSchema>;
/** The memories that are nearest to a query, of those that were read, the nearest first; by meaning, of all. */
export type MemoryHitsView = z.output<typeof memoryHitsViewSchema>;
/** A message that is near to a query, and where it is. */
export type MessageHitView = z.output<typeof messageHitViewSchema>;
/** The messages that are nearest to a query, of those that were read, the nearest first; by meaning, of all archives. */
export type MessageHitsView = z.output<typeof messageHitsViewSchema>;
