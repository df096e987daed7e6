import { isWebAddress, isWebOrData } from '../inlined.ts';
import {
  anyOf,
  type Guarded,
  isObject,
  json,
  listOf,
  literal,
  nullable,
  number,
  optional,
  shape,
  text,
} from '../shape.ts';

const isMark = shape({ mode: literal('explicit') });
const marked = { prompt_cache_breakpoint: optional(isMark) };
const maybeMarked = { prompt_cache_breakpoint: optional(nullable(isMark)) };
const maybeText = optional(nullable(text));

/** A block of what a user says. */
export const isInputBlock = anyOf(
  shape({ type: literal('input_text'), text, ...marked }),
  shape({
    type: literal('input_image'),
    detail: literal('low', 'high', 'auto', 'original'),
    image_url: optional(nullable(isWebOrData)),
    file_id: maybeText,
    ...marked,
  }),
  shape({
    type: literal('input_file'),
    detail: optional(literal('auto', 'low', 'high')),
    file_data: optional(text),
    file_id: maybeText,
    file_url: optional(isWebAddress),
    filename: optional(text),
    ...marked,
  }),
);
export type InputBlock = Guarded<typeof isInputBlock>;

/** A block of what a tool returned. */
export const isResultBlock = anyOf(
  shape({ type: literal('input_text'), text, ...maybeMarked }),
  shape({
    type: literal('input_image'),
    detail: optional(nullable(literal('low', 'high', 'auto', 'original'))),
    image_url: optional(nullable(isWebOrData)),
    file_id: maybeText,
    ...maybeMarked,
  }),
  shape({
    type: literal('input_file'),
    detail: optional(literal('auto', 'low', 'high')),
    file_data: maybeText,
    file_id: maybeText,
    file_url: optional(nullable(isWebAddress)),
    filename: maybeText,
    ...maybeMarked,
  }),
);
export type ResultBlock = Guarded<typeof isResultBlock>;

const isAnnotation = anyOf(
  shape({ type: literal('file_citation'), file_id: text, filename: text, index: number }),
  shape({ type: literal('url_citation'), url: text, title: text, start_index: number, end_index: number }),
  shape({
    type: literal('container_file_citation'),
    container_id: text,
    file_id: text,
    filename: text,
    start_index: number,
    end_index: number,
  }),
  shape({ type: literal('file_path'), file_id: text, index: number }),
);
const probability = { token: text, bytes: listOf(number), logprob: number };
const isSaid = shape({
  type: literal('output_text'),
  text,
  annotations: listOf(isAnnotation),
  logprobs: optional(listOf(shape({ ...probability, top_logprobs: listOf(shape(probability)) }))),
});
const isRefusal = shape({ type: literal('refusal'), refusal: text });

const status = literal('in_progress', 'completed', 'incomplete');
const phased = { phase: optional(nullable(literal('commentary', 'final_answer'))) };
const called = {
  caller: optional(
    nullable(anyOf(shape({ type: literal('direct') }), shape({ type: literal('program'), caller_id: text }))),
  ),
};

/** An answer with an id, as the API gives it. */
export const isAnswer = shape({
  type: literal('message'),
  id: text,
  role: literal('assistant'),
  status,
  content: listOf(anyOf(isSaid, isRefusal)),
  ...phased,
});
export type Answer = Guarded<typeof isAnswer>;

/** An answer as a mere text, which may not be empty. */
export const isEasyAnswer = shape({
  type: optional(literal('message')),
  role: literal('assistant'),
  content: (value: unknown): value is string => text(value) && value !== '',
  ...phased,
});

export const isQuestion = shape({
  type: optional(literal('message')),
  role: literal('user', 'system', 'developer'),
  content: anyOf(text, listOf(isInputBlock)),
  status: optional(status),
  ...phased,
});
export type Question = Guarded<typeof isQuestion>;

export const isReasoning = shape({
  type: literal('reasoning'),
  id: text,
  summary: listOf(shape({ type: literal('summary_text'), text })),
  content: optional(listOf(shape({ type: literal('reasoning_text'), text }))),
  encrypted_content: maybeText,
  status: optional(status),
});

export const isFunctionCall = shape({
  type: literal('function_call'),
  call_id: text,
  name: text,
  arguments: text,
  id: optional(text),
  namespace: optional(text),
  status: optional(status),
  ...called,
});
export const isCustomCall = shape({
  type: literal('custom_tool_call'),
  call_id: text,
  name: text,
  input: text,
  id: optional(text),
  namespace: optional(text),
  ...called,
});
export const isResult = anyOf(
  shape({
    type: literal('function_call_output'),
    call_id: text,
    output: anyOf(text, listOf(isResultBlock)),
    id: maybeText,
    status: optional(nullable(status)),
    ...called,
  }),
  shape({
    type: literal('custom_tool_call_output'),
    call_id: text,
    output: anyOf(text, listOf(isInputBlock)),
    id: optional(text),
    ...called,
  }),
);

/** What `toOpenAiResponses` makes: assignable to `ResponseInputItem` of `openai`. */
export type OpenAiResponsesItem =
  | Answer
  | Guarded<typeof isEasyAnswer>
  | Question
  | Guarded<typeof isReasoning>
  | Guarded<typeof isFunctionCall>
  | Guarded<typeof isCustomCall>
  | Guarded<typeof isResult>;

/** What `fromOpenAiResponses` takes: an item of input or output, as the types of `openai` have it or newer. */
export interface OpenAiResponsesInput {
  readonly type?: string | null;
}

const isTool = literal(
  'file_search_call',
  'computer_call',
  'web_search_call',
  'tool_search_call',
  'image_generation_call',
  'code_interpreter_call',
  'local_shell_call',
  'shell_call',
  'apply_patch_call',
  'mcp_list_tools',
  'mcp_approval_request',
  'mcp_call',
  'compaction',
  'compaction_trigger',
  'item_reference',
  'program',
);
const isPaired = literal(
  'computer_call_output',
  'shell_call_output',
  'apply_patch_call_output',
  'program_output',
);
const isUnpaired = literal('tool_search_output', 'local_shell_call_output');

/** Items of the API's own tools, which pass as they came; our types do not name them. */
export const ownItemRoles = {
  assistant: anyOf(
    shape({ type: isTool }),
    shape({ type: optional(nullable(literal('item_reference'))), id: text }),
  ),
  tool: anyOf(shape({ type: isPaired, call_id: text }), shape({ type: isUnpaired })),
  user: shape({ type: literal('mcp_approval_response'), approval_request_id: text }),
  system: shape({ type: literal('additional_tools'), tools: json }),
} as const;

/** By which a call to one of the API's own tools and its output know each other, if they do. */
export function callIdOf(item: unknown): string | undefined {
  const id = isObject(item) ? item['call_id'] : undefined;
  return text(id) ? id : undefined;
}
