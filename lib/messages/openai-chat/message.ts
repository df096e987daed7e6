import { isWebOrData } from '../inlined.ts';
import { anyOf, type Guarded, listOf, literal, nullable, optional, shape, text } from '../shape.ts';

const mark = { prompt_cache_breakpoint: optional(shape({ mode: literal('explicit') })) };

const isText = shape({ type: literal('text'), text, ...mark });
const isRefusal = shape({ type: literal('refusal'), refusal: text });
const isImage = shape({
  type: literal('image_url'),
  image_url: shape({ url: isWebOrData, detail: optional(literal('auto', 'low', 'high')) }),
  ...mark,
});
const isAudio = shape({
  type: literal('input_audio'),
  input_audio: shape({ data: text, format: literal('wav', 'mp3') }),
  ...mark,
});
const isFile = shape({
  type: literal('file'),
  file: shape({ file_data: optional(text), file_id: optional(text), filename: optional(text) }),
  ...mark,
});

/** A block of what a user says. */
export const isUserBlock = anyOf(isText, isImage, isAudio, isFile);
export type UserBlock = Guarded<typeof isUserBlock>;

/** A block of what an assistant says. */
export const isAssistantBlock = anyOf(isText, isRefusal);
export type AssistantBlock = Guarded<typeof isAssistantBlock>;

export const isTextBlock = isText;
export type TextBlock = Guarded<typeof isText>;

const isFunctionCall = shape({
  id: text,
  type: literal('function'),
  function: shape({ name: text, arguments: text }),
});
const isCustomCall = shape({ id: text, type: literal('custom'), custom: shape({ name: text, input: text }) });

/** A call in a message of an assistant. */
export const isToolCall = anyOf(isFunctionCall, isCustomCall);
export type ToolCall = Guarded<typeof isToolCall>;

/** The call of the time before calls had ids. */
export const isOldCall = shape({ name: text, arguments: text });

const texts = anyOf(text, listOf(isText));

/** A message that the chat completions API of OpenAI takes. */
export const isOpenAiChatMessage = anyOf(
  shape({ role: literal('system'), content: texts, name: optional(text) }),
  shape({ role: literal('developer'), content: texts, name: optional(text) }),
  shape({ role: literal('user'), content: anyOf(text, listOf(isUserBlock)), name: optional(text) }),
  shape({
    role: literal('assistant'),
    content: optional(nullable(anyOf(text, listOf(isAssistantBlock)))),
    refusal: optional(nullable(text)),
    name: optional(text),
    audio: optional(nullable(shape({ id: text }))),
    tool_calls: optional(listOf(isToolCall)),
    function_call: optional(nullable(isOldCall)),
  }),
  shape({ role: literal('tool'), tool_call_id: text, content: texts }),
  shape({ role: literal('function'), name: text, content: nullable(text) }),
);

/** What `toOpenAiChat` makes: assignable to `ChatCompletionMessageParam` of `openai`. */
export type OpenAiChatMessage = Guarded<typeof isOpenAiChatMessage>;

/** What `fromOpenAiChat` takes: a message to or from the API, as the types of `openai` have it or newer. */
export interface OpenAiChatInput {
  readonly role: string;
  readonly content?: unknown;
}
