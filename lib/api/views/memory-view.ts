import { z } from 'zod';
import { memoryCategorySchema } from '../../memory/index.ts';
import { ordinal, text, time } from './fields.ts';

export const authorViewSchema = z
  .union([
    z
      .strictObject({
        kind: z.literal('archive').describe('A model that read an archive.'),
        session: text('The session of the archive.'),
        archive: ordinal('The number of the archive.'),
        messageId: text('The message that says so.'),
        model: text('`provider:model`.'),
        promptVersion: text('The prompts that the model was asked with, joined by `+`.').exactOptional(),
        extractionVersion: text("Of the deployment's own categories and instructions.").exactOptional(),
      })
      .readonly(),
    z
      .strictObject({ kind: z.literal('person'), who: text("The claim `sub` of the caller's token.") })
      .readonly(),
    z
      .strictObject({
        kind: z
          .literal('erased')
          .describe('A session that is deleted with its memories, and had taken this back.'),
      })
      .readonly(),
    z
      .strictObject({ kind: z.literal('earlier').describe('From before it was kept who said what.') })
      .readonly(),
  ])
  .meta({ id: 'AuthorView', description: 'Who said what a memory or a statement says.' });

/** What every memory says of itself. */
export const memoryFields = {
  category: memoryCategorySchema,
  key: text('Names the subject within its category.'),
  confidence: z.number().min(0).max(1).describe('How sure the author was; 1 of a person.'),
  firstSeenAt: time('When it was first spoken of.'),
  lastSeenAt: time('When it was last spoken of.'),
  by: authorViewSchema,
};

const known = { text: text('What holds.'), forgotten: z.never().exactOptional() };
const forgotten = {
  text: z.never().exactOptional(),
  forgotten: z.literal(true).describe('It was taken back.'),
};

export const memoryViewSchema = z
  .union([
    z.strictObject({ ...memoryFields, ...known }).readonly(),
    z.strictObject({ ...memoryFields, ...forgotten }).readonly(),
  ])
  .meta({
    id: 'MemoryView',
    description: 'What is known of one subject, or, where it was taken back, that it is not.',
  });

export const memoriesViewSchema = z
  .strictObject({
    scope: text('Whose memories they are.'),
    memories: z.array(memoryViewSchema).readonly(),
    nextAfter: text('Pass as `after` to get the next page; absent on the last.').exactOptional(),
  })
  .readonly()
  .meta({ id: 'MemoriesView', description: 'A page of memories, by category and key.' });

const statementViewSchema = z
  .strictObject({
    stance: z
      .enum(['asserts', 'retracts', 'restores'])
      .describe('`restores`: says again what was said before it was taken back.'),
    text: text('Absent where a retraction or a restoration says nothing else.').exactOptional(),
    contradicts: z
      .literal(true)
      .exactOptional()
      .describe(
        'It openly contradicts what was known, and counts even against what a person has entered before.',
      ),
    confidence: memoryFields.confidence,
    saidAt: time('When it was said.'),
    by: authorViewSchema,
  })
  .readonly()
  .meta({ id: 'StatementView', description: 'What an archive or a person said.' });

const earlierMemoryViewSchema = z
  .strictObject({
    text: text('What was known.'),
    confidence: memoryFields.confidence,
    firstSeenAt: memoryFields.firstSeenAt,
    lastSeenAt: memoryFields.lastSeenAt,
    sessions: z.array(z.string()).readonly().describe('The sessions that gave evidence, 500 at most.'),
    hasUnlistedSessions: z.literal(true).exactOptional().describe('There are more sessions than are listed.'),
    history: z
      .array(z.strictObject({ text: text('What was known.'), seenAt: time('When it was said.') }).readonly())
      .readonly()
      .describe('Its former texts.'),
  })
  .readonly()
  .meta({ id: 'EarlierMemoryView', description: 'What was known before it was kept who said what.' });

const historyFields = {
  scope: text('Whose memory it is.'),
  statements: z
    .array(statementViewSchema)
    .readonly()
    .describe('A page of what was said of it, the newest first.'),
  earlier: earlierMemoryViewSchema.exactOptional().describe('On the last page only.'),
  nextAfter: text('Pass as `after` to get the next page; absent on the last.').exactOptional(),
};

export const memoryHistoryViewSchema = z
  .union([
    z.strictObject({ ...memoryFields, ...known, ...historyFields }).readonly(),
    z.strictObject({ ...memoryFields, ...forgotten, ...historyFields }).readonly(),
  ])
  .meta({ id: 'MemoryHistoryView', description: 'A memory, and a page of what was said of it.' });

/** Who said what a memory or a statement says: a model that read an archive, or a person. */
export type AuthorView = z.output<typeof authorViewSchema>;
/** What is known of one subject, or, where it was taken back, that it is not. */
export type MemoryView = z.output<typeof memoryViewSchema>;
export type MemoriesView = z.output<typeof memoriesViewSchema>;
/** What an archive or a person said. */
export type StatementView = z.output<typeof statementViewSchema>;
export type EarlierMemoryView = z.output<typeof earlierMemoryViewSchema>;
/** A memory and a page of what was said of it, the newest first. */
export type MemoryHistoryView = z.output<typeof memoryHistoryViewSchema>;
