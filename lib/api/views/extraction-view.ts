import { z } from 'zod';
import { memoryCategorySchema } from '../../memory/index.ts';
import { count, ordinal, text, time } from './fields.ts';

export const extractionRequestViewSchema = z
  .union([
    z
      .strictObject({
        archive: ordinal('The number of the archive.'),
        extractionId: text('The id of what will be found.'),
        dryRun: z.boolean().describe('Whether it is only kept, for you to look at.'),
      })
      .readonly(),
    z
      .strictObject({
        archive: ordinal('The number of the archive.'),
        followUp: z
          .literal('sent-again')
          .describe('The first follow-up is not completed: it was asked for in place of another extraction.'),
      })
      .readonly(),
  ])
  .meta({ id: 'ExtractionRequestView', description: 'What was asked for.' });

const said = {
  text: text('What the archive says of it; empty for one that only takes back.'),
  retracts: z.literal(true).exactOptional().describe('It takes back what was known.'),
  contradicts: z.literal(true).exactOptional().describe('It openly contradicts what was known.'),
};
const subject = { category: memoryCategorySchema, key: text('The key of the memory.') };
const saidSchema = z.strictObject(said).readonly();
const statementsSchema = z.array(z.strictObject({ ...subject, ...said }).readonly()).readonly();

const extractionDifferenceViewSchema = z
  .strictObject({
    added: statementsSchema.describe('What it says of subjects that the archive says nothing of now.'),
    changed: z
      .array(z.strictObject({ ...subject, before: saidSchema, after: saidSchema }).readonly())
      .readonly()
      .describe('What it says otherwise.'),
    removed: statementsSchema.describe('What it does not say any more.'),
    unchanged: count('How many statements say the same.'),
  })
  .readonly()
  .meta({
    id: 'ExtractionDifferenceView',
    description: "What would become of an archive's statements, by category and key.",
  });

export const extractionViewSchema = z
  .strictObject({
    archive: ordinal('The number of the archive.'),
    state: z
      .enum(['none', 'found', 'merged', 'failed'])
      .describe(
        '`none`: none since its follow-up. `found`: it is kept, and not merged. `merged`: the archive says what it found. `failed`: the archive is as it was.',
      ),
    extractionId: text('Pass as `apply` to merge what was found.').exactOptional(),
    at: time('When it was found; absent where it failed, or there is no extraction.').exactOptional(),
    model: text(
      "`provider:model` that found it; of the archive's follow-up where there is none since.",
    ).exactOptional(),
    promptVersion: text('The prompts that the model was asked with, joined by `+`.').exactOptional(),
    extractionVersion: text(
      "Of the deployment's own categories and instructions; absent: the built-in categories.",
    ).exactOptional(),
    difference: extractionDifferenceViewSchema
      .exactOptional()
      .describe('What would change; of one that is found.'),
    failure: z
      .strictObject({ at: time('When it failed.'), reason: text('Why it failed.') })
      .readonly()
      .exactOptional()
      .describe('Why it failed, or could not be merged the last time.'),
  })
  .readonly()
  .meta({ id: 'ExtractionView', description: 'The last extraction of an archive that was asked for.' });

/** Answer of a request for one more extraction (202). */
export type ExtractionRequestView = z.output<typeof extractionRequestViewSchema>;
/**
 * The last extraction of an archive that was asked for. `none`: none since its follow-up. `found`: it is kept, and not
 * merged. `merged`: the archive says what it found. `failed`: the archive is as it was.
 */
export type ExtractionView = z.output<typeof extractionViewSchema>;
