import { z } from 'zod';
import { memoryCategorySchema } from '../../memory/index.ts';
import { count, ordinal, text, time } from './fields.ts';
import { authorViewSchema } from './memory-view.ts';
import { contextMessageSchema, storedMessageSchema } from './stored-message.ts';

/** What every form of a context says of itself. */
const facts = {
  sessionId: text('The id of the session.'),
  tokenBudget: count('The budget that was asked for, or the default.'),
  tokens: count('An estimate of what is given; never more than the budget.'),
  dropped: z
    .strictObject({
      messagesThrough: count(
        'Messages at this position or before, as far as no given summary covers them.',
      ).exactOptional(),
      summariesThrough: count('The summaries of this archive and of those before it.').exactOptional(),
    })
    .readonly()
    .exactOptional()
    .describe('What did not fit; absent when everything is there.'),
  memoriesUnavailable: z
    .literal(true)
    .exactOptional()
    .describe('The memories could not be read, and are missing.'),
};

const contextMemoryViewSchema = z
  .strictObject({
    category: memoryCategorySchema,
    key: text('Names the subject within its category.'),
    text: text('What holds.'),
    saidAt: time('When that was said which holds.'),
    by: authorViewSchema,
  })
  .readonly()
  .meta({ id: 'ContextMemoryView', description: 'A memory, as a model is to be told it.' });

const contextJsonViewSchema = z
  .strictObject({
    ...facts,
    memories: z
      .array(contextMemoryViewSchema)
      .readonly()
      .describe("Of the session's scope: the profile first, then the nearest to the query."),
    summaries: z
      .array(
        z
          .strictObject({ archive: ordinal('The archive that it is of.'), text: text('The summary.') })
          .readonly(),
      )
      .readonly()
      .describe('Oldest first.'),
    messages: z.array(storedMessageSchema).readonly().describe('Oldest first.'),
  })
  .readonly()
  .meta({ id: 'ContextView', description: 'What to send to a model now, with `format=json`.' });

const contextMessagesViewSchema = z
  .strictObject({
    ...facts,
    messages: z
      .array(contextMessageSchema)
      .readonly()
      .describe('What is remembered and the summaries are one system message, the first.'),
  })
  .readonly()
  .meta({ id: 'ContextMessagesView', description: 'The same as messages, with `format=messages`.' });

export const contextTextViewSchema = z
  .strictObject({ ...facts, text: text('Memories, summaries and messages.') })
  .readonly()
  .meta({ id: 'ContextTextView', description: 'The same as one text, with `format=text`.' });

export const anyContextViewSchema = z.union([
  contextJsonViewSchema,
  contextMessagesViewSchema,
  contextTextViewSchema,
]);

/** A memory, as a model is to be told it. */
export type ContextMemoryView = z.output<typeof contextMemoryViewSchema>;
/** What to send to a model now: what is remembered, then, oldest first, the summaries and the messages. */
export type ContextView = z.output<typeof contextJsonViewSchema>;
/** The same as messages for a chat model: what is remembered and the summaries are one system message, the first. */
export type ContextMessagesView = z.output<typeof contextMessagesViewSchema>;
/** The same as one text. */
export type ContextTextView = z.output<typeof contextTextViewSchema>;
