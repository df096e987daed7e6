import { z } from 'zod';
import { memoryCategorySchema } from '../memory/index.ts';
import { cleanText } from '../text/index.ts';
import { builtInExtraction } from './built-in-extraction.ts';

/** Each is a line of every prompt. */
const MAX_CATEGORIES = 20;
/** Lengths are in code points, as people count. */
const MAX_DESCRIPTION = 300;
/** About 1 000 tokens, which every extraction pays for. */
const MAX_INSTRUCTIONS = 4_000;

/** A server of models may refuse a text with control characters. */
const promptText = (max: number, expected: string) =>
  z
    .string(expected)
    .refine((text) => text.trim() !== '', 'must not be empty')
    .refine((text) => [...text].length <= max, `must be at most ${max} characters`)
    .refine(
      (text) => cleanText(text) === text.replaceAll('\r\n', '\n'),
      'must be without control characters other than tabs and line ends',
    );

const categorySchema = z.object({
  name: memoryCategorySchema,
  description: promptText(MAX_DESCRIPTION, 'must be a description, or true for a built-in category').refine(
    (text) => !/[\n\r]/.test(text),
    'must be one line',
  ),
});

/** `{ "<name>": "<description>" }`, or `true` in place of the description of a built-in category. */
const categoriesSchema = z
  .custom<Readonly<Record<string, unknown>>>(
    (given) => typeof given === 'object' && given !== null && !Array.isArray(given),
    'must be an object: a name and a description for each category',
  )
  .transform((given, context) => {
    const entries = Object.entries(given);
    if (entries.length < 1 || entries.length > MAX_CATEGORIES)
      context.addIssue(`must be 1 to ${MAX_CATEGORIES} categories, and not ${entries.length}`);
    return entries.slice(0, MAX_CATEGORIES).map(([name, description]) => {
      const parsed = categorySchema.safeParse({ name, description: described(name, description) });
      for (const { message } of parsed.error?.issues ?? [])
        context.addIssue({ code: 'custom', path: [name], message });
      return parsed.data ?? z.NEVER;
    });
  });

function described(name: string, description: unknown): unknown {
  const builtIn = builtInExtraction.categories.find((category) => category.name === name);
  return description === true ? (builtIn?.description ?? description) : description;
}

const LANGUAGE = 'must be a BCP 47 tag such as "de" or "pt-BR", or "conversation"';

/** A tag, in its usual form; undefined for the language of the conversation. */
const languageSchema = z.string(LANGUAGE).transform((tag, context) => {
  if (tag === 'conversation') return undefined;
  const language = languageOf(tag);
  if (language === undefined) context.addIssue(LANGUAGE);
  return language;
});

/** Undefined for what is no tag, and for one with extensions: they say nothing about what is written. */
function languageOf(tag: string): string | undefined {
  try {
    const { baseName } = new Intl.Locale(tag);
    return baseName === Intl.getCanonicalLocales(tag)[0] ? baseName : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The file that `commitlane:extraction` names. Unknown fields are errors. */
export const extractionSchema = z.strictObject(
  {
    categories: categoriesSchema,
    instructions: promptText(MAX_INSTRUCTIONS, 'must be text').optional(),
    language: languageSchema.optional(),
    version: z
      .string('must be text')
      .regex(/^[A-Za-z0-9][\w.-]{0,39}$/, 'must be at most 40 letters, digits, dots, hyphens and underscores')
      .optional(),
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? 'the fields are categories, instructions, language and version, and no others'
        : 'must be an object with categories, and optionally instructions, language and version',
  },
);
