import { fromAnthropic, fromOpenAiChat, type MessageForm, recognise } from '../messages/index.ts';
import { newMessageSchema } from '../session/index.ts';

/** A JSON object of a line, or of the messages of one. */
export type Fields = { readonly [field: string]: unknown };

/** What may be a message: it has not been looked at. */
export interface LineMessage {
  /** Where in its line it is, to stand before what is wrong with it: `messages.3: `, or nothing. */
  readonly at: string;
  readonly candidate: unknown;
}

/** The fields of a message of each form; others are metadata. */
const ownFields: Readonly<Record<MessageForm, readonly string[]>> = {
  canonical: ['role', 'content'],
  anthropic: ['role', 'content'],
  openaiChat: [
    'role',
    'content',
    'name',
    'refusal',
    'audio',
    'annotations',
    'tool_calls',
    'tool_call_id',
    'function_call',
  ],
};

/**
 * The messages of a line: of the one that it is, or of the conversation, `{"messages": […]}`, with the prompt that
 * Anthropic's has in `system`. What else a conversation says, such as its model, is not of its messages, and left out.
 *
 * @param toolNames of the calls of the lines so far, by id; those of this line are added.
 * @param identity what becomes of the fields `id`, `at` and `metadata` of a message: they are its own, and taken as they
 * are, or they are kept in its metadata like any other field.
 */
export function readLine(
  line: Fields,
  toolNames: Map<string, string>,
  identity: 'own' | 'metadata' = 'metadata',
): LineMessage[] {
  const read = identity === 'own' ? readWithIdentity : readMessage;
  const { messages, system } = line;
  if (!Array.isArray(messages) || Object.hasOwn(line, 'role')) return read(line, '', toolNames);
  const prompt =
    system === undefined ? [] : readMessage({ role: 'system', content: system }, 'system: ', toolNames);
  return [
    ...prompt,
    ...messages.flatMap((message: unknown, index) => {
      const at = `messages.${index}: `;
      return isObject(message) ? read(message, at, toolNames) : [{ at, candidate: message }];
    }),
  ];
}

/** A message that becomes several gives its id to the first of them. */
function readWithIdentity(fields: Fields, place: string, toolNames: Map<string, string>): LineMessage[] {
  const { id, at, metadata, ...rest } = fields;
  return readMessage(rest, place, toolNames).map(({ candidate, ...one }, index) => {
    if (!isObject(candidate)) return { ...one, candidate };
    const { metadata: others } = candidate;
    const all = isObject(metadata) && isObject(others) ? { ...others, ...metadata } : (metadata ?? others);
    const own = { ...(id !== undefined && index === 0 && { id }), ...(at !== undefined && { at }) };
    return { ...one, candidate: { ...candidate, ...own, ...(all !== undefined && { metadata: all }) } };
  });
}

function readMessage(fields: Fields, at: string, toolNames: Map<string, string>): LineMessage[] {
  const form = recognise(fields);
  const own = Object.fromEntries(Object.entries(fields).filter(([name]) => ownFields[form].includes(name)));
  const others = Object.fromEntries(
    Object.entries(fields).filter(([name]) => !ownFields[form].includes(name)),
  );
  return convert(form, own as Own, toolNames).map((message) => ({
    at,
    candidate: withMetadata(message, others),
  }));
}

interface Own extends Fields {
  readonly role: string;
  readonly content: unknown;
}

function convert(form: MessageForm, message: Own, toolNames: Map<string, string>): readonly Fields[] {
  switch (form) {
    case 'openaiChat':
      return fromOpenAiChat([message], toolNames).map((one) => ({ ...one }));
    case 'anthropic':
      return isAnthropicRole(message.role)
        ? fromAnthropic({ messages: [message] }, toolNames).map((one) => ({ ...one }))
        : [message];
    case 'canonical':
      return [{ role: message.role, content: message.content }];
  }
}

const isAnthropicRole = (role: unknown) => role === 'user' || role === 'assistant' || role === 'system';

function withMetadata({ metadata, ...message }: Fields, others: Fields): Fields {
  const at = newMessageSchema.shape.at.safeParse(others['at']);
  const all = { ...(isObject(metadata) ? metadata : {}), ...others };
  return {
    ...message,
    ...(typeof at.data === 'string' && { at: at.data }),
    ...(Object.keys(all).length > 0 && { metadata: all }),
  };
}

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
