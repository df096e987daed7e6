import { z } from 'zod';
import { boundedArray } from '../json/index.ts';
import type { ContentPart, JsonValue, MessageContent } from '../messages/index.ts';

/** What bounds a message is the size of its append; this bounds the cost of looking at what is refused. */
const MAX_PARTS = 1_000;

const present = (what: string) =>
  z.custom<JsonValue>((value) => value !== undefined, `must be there: ${what}, any JSON value`);
const callFields = { toolCallId: z.string().min(1), toolName: z.string().min(1) };

/** What is asked of the parts that are known; other fields, and parts of other types, are not looked at. */
const knownPartSchemas = {
  text: z.looseObject({ text: z.string() }),
  reasoning: z.looseObject({ text: z.string() }),
  'tool-call': z.looseObject({ ...callFields, input: present('what the tool is called with') }),
  'tool-result': z.looseObject({
    ...callFields,
    output: present('what the tool returned'),
    isError: z.boolean().optional(),
  }),
  file: z.looseObject({
    mediaType: z.string().min(1).describe('Such as `image/png`.'),
    url: z.string().min(1).optional(),
    data: z.base64().min(1).describe('In base64.').optional(),
    name: z.string().optional(),
  }),
};
const knownParts = new Map<string, z.ZodType>(
  Object.entries({
    ...knownPartSchemas,
    file: knownPartSchemas.file.refine(
      ({ url, data }) => (url === undefined) !== (data === undefined),
      "must have either 'url' or 'data', in base64",
    ),
  }),
);

const partTypeSchema = z.string().min(1).max(64);
const partType = z.looseObject({ type: partTypeSchema });

/** The same in a form that JSON Schema can say. */
const documentedPart = z
  .union([
    ...Object.entries(knownPartSchemas).map(([type, schema]) =>
      schema
        .extend({ type: z.literal(type) })
        .meta(type === 'file' ? { oneOf: [{ required: ['url'] }, { required: ['data'] }] } : {}),
    ),
    z.looseObject({
      type: partTypeSchema.meta({ not: { enum: Object.keys(knownPartSchemas) } }),
    }),
  ])
  .meta({
    id: 'ContentPart',
    description:
      'A part of a message. Parts may have further fields, and any other `type`; all of it is stored and returned as it came. A file has either `url` or `data`.',
  });

/**
 * A part is looked at and passed on as it is, never rebuilt: what JSON can say, a key `__proto__` included, comes back.
 */
const partSchema = z.custom<ContentPart>().superRefine((part, context) => {
  const typed = partType.safeParse(part);
  const parsed = typed.success ? knownParts.get(typed.data.type)?.safeParse(part) : typed;
  for (const issue of parsed?.error?.issues ?? []) context.addIssue({ ...issue, continue: false });
});

const textSchema = z.string().min(1, 'must say something: the text is empty');
const partsSchema = boundedArray(partSchema, { min: 1, max: MAX_PARTS, what: 'parts' }).refine(
  (parts) => parts.some((part) => part.type !== 'text' || part['text'] !== ''),
  'must say something: all parts are empty texts',
);

const emptyText = {
  properties: { type: { const: 'text' }, text: { const: '' } },
  required: ['type', 'text'],
};

/**
 * What a message says: a text, or 1 to 1,000 parts, of which one at least is not an empty text.
 *
 * The issues are those of the form that was sent: a union would say of each form why it is not that one.
 */
export const messageContentSchema = z
  .custom<MessageContent>()
  .superRefine((content, context) => {
    const schema: z.ZodType | undefined =
      typeof content === 'string' ? textSchema : Array.isArray(content) ? partsSchema : undefined;
    if (!schema) {
      context.addIssue({ code: 'custom', message: 'must be a text or a list of parts' });
      return;
    }
    for (const issue of schema.safeParse(content).error?.issues ?? []) context.addIssue({ ...issue });
  })
  .meta({
    id: 'MessageContent',
    description: 'What a message says: a text, or parts, of which one at least is not an empty text.',
    documentedAs: z.union([
      z.string().min(1),
      z
        .array(documentedPart)
        .min(1)
        .max(MAX_PARTS)
        .meta({ contains: { not: emptyText } }),
    ]),
  });
