import { fromAnthropic, fromOpenAiChat, type MessageForm, recognise } from '../../../lib/messages/index.ts';
import { newMessageSchema } from '../../../lib/session/index.ts';

/** A JSON object of a line, or of the messages of one. */
type Fields = { readonly [field: string]: unknown };

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
 */
export function readLine(line: Fields, toolNames: Map<string, string>): LineMessage[] {
  const { messages, system } = line;
  if (!Array.isArray(messages) || Object.hasOwn(line, 'role')) return readMessage(line, '', toolNames);
  const prompt =
    system === undefined ? [] : readMessage({ role: 'system', content: system }, 'system: ', toolNames);
  return [
    ...prompt,
    ...messages.flatMap((message: unknown, index) => {
      const at = `messages.${index}: `;
      return isObject(message) ? readMessage(message, at, toolNames) : [{ at, candidate: message }];
    }),
  ];
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
