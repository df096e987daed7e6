import { isWebAddress } from '../inlined.ts';
import {
  anyOf,
  anything,
  flag,
  type Guarded,
  listOf,
  literal,
  nullable,
  number,
  optional,
  shape,
  text,
} from '../shape.ts';

const cached = {
  cache_control: optional(
    nullable(shape({ type: literal('ephemeral'), ttl: optional(literal('5m', '1h')) })),
  ),
};
const cited = { citations: optional(nullable(shape({ enabled: optional(flag) }))) };

const place = { cited_text: text, document_index: number, document_title: nullable(text) };
const isCitation = anyOf(
  shape({ type: literal('char_location'), ...place, start_char_index: number, end_char_index: number }),
  shape({ type: literal('page_location'), ...place, start_page_number: number, end_page_number: number }),
  shape({
    type: literal('content_block_location'),
    ...place,
    start_block_index: number,
    end_block_index: number,
  }),
  shape({
    type: literal('web_search_result_location'),
    cited_text: text,
    encrypted_index: text,
    title: nullable(text),
    url: text,
  }),
  shape({
    type: literal('search_result_location'),
    cited_text: text,
    search_result_index: number,
    source: text,
    title: nullable(text),
    start_block_index: number,
    end_block_index: number,
  }),
);

const citing = { ...cached, citations: optional(nullable(listOf(isCitation))) };
const isText = shape({ type: literal('text'), text, ...citing });
/** The API refuses a text without anything to read in it, wherever it stands. */
const isLegible = (value: unknown): value is string => text(value) && value.trim() !== '';
const isInnerText = shape({ type: literal('text'), text: isLegible, ...citing });

export const isImageType = literal('image/jpeg', 'image/png', 'image/gif', 'image/webp');
const isImage = shape({
  type: literal('image'),
  source: anyOf(
    shape({ type: literal('base64'), media_type: isImageType, data: text }),
    shape({ type: literal('url'), url: isWebAddress }),
    shape({ type: literal('file'), file_id: text }),
  ),
  ...cached,
  transformations: optional(nullable(shape({ oversized_image: optional(literal('downsize', 'error')) }))),
});
const isDocument = shape({
  type: literal('document'),
  source: anyOf(
    shape({ type: literal('base64'), media_type: literal('application/pdf'), data: text }),
    shape({ type: literal('text'), media_type: literal('text/plain'), data: text }),
    shape({ type: literal('content'), content: anyOf(text, listOf(anyOf(isInnerText, isImage))) }),
    shape({ type: literal('url'), url: isWebAddress }),
    shape({ type: literal('file'), file_id: text }),
  ),
  ...cached,
  ...cited,
  context: optional(nullable(text)),
  title: optional(nullable(text)),
});
const isSearchResult = shape({
  type: literal('search_result'),
  content: listOf(isInnerText),
  source: text,
  title: text,
  ...cached,
  citations: optional(shape({ enabled: optional(flag) })),
});
const isToolReference = shape({ type: literal('tool_reference'), tool_name: text, ...cached });

const isBrowserState = shape({
  type: literal('browser_state'),
  tabs: listOf(shape({ tab_id: text, title: text, url: text, active: optional(flag) })),
  state_changes: optional(
    nullable(
      listOf(
        anyOf(
          shape({ type: literal('tab_opened'), tab_id: text }),
          shape({ type: literal('download_started'), download_id: text, url: text }),
          shape({
            type: literal('download_completed'),
            download_id: text,
            url: text,
            path: optional(nullable(text)),
            size_bytes: optional(nullable(number)),
          }),
          shape({
            type: literal('download_failed'),
            download_id: text,
            url: text,
            error: optional(nullable(text)),
          }),
        ),
      ),
    ),
  ),
  ...cached,
});

const called = {
  caller: optional(
    anyOf(
      shape({ type: literal('direct') }),
      shape({ type: literal('code_execution_20250825', 'code_execution_20260120'), tool_id: text }),
    ),
  ),
};
const isToolUse = shape({
  type: literal('tool_use'),
  id: text,
  name: text,
  input: anything,
  ...cached,
  ...called,
  toolset_name: optional(nullable(text)),
});
const isThinking = shape({ type: literal('thinking'), thinking: text, signature: text });
const isRedactedThinking = shape({ type: literal('redacted_thinking'), data: text });

/** A block of what a tool returned. */
export const isResultBlock = anyOf(
  isText,
  isImage,
  isDocument,
  isSearchResult,
  isToolReference,
  isBrowserState,
);

export const isToolResult = shape({
  type: literal('tool_result'),
  tool_use_id: text,
  content: optional(anyOf(text, listOf(isResultBlock))),
  is_error: optional(flag),
  ...cached,
  toolset_name: optional(nullable(text)),
});

/** A block that `toAnthropic` makes. */
export const isBlock = anyOf(
  isText,
  isImage,
  isDocument,
  isSearchResult,
  isThinking,
  isRedactedThinking,
  isToolUse,
  isToolResult,
);
export type Block = Guarded<typeof isBlock>;
export const isTextBlock = isText;
export type TextBlock = Guarded<typeof isText>;

/** Blocks that only the API itself makes and reads. They pass as they came; our types do not name them. */
export const isServerCall = shape({
  type: literal('server_tool_use'),
  id: text,
  name: text,
  input: anything,
});
export const isServerResult = shape({
  type: literal(
    'web_search_tool_result',
    'web_fetch_tool_result',
    'code_execution_tool_result',
    'bash_code_execution_tool_result',
    'text_editor_code_execution_tool_result',
    'tool_search_tool_result',
  ),
  tool_use_id: text,
  content: anything,
});
export const isUpload = shape({ type: literal('container_upload'), file_id: text });

export type AnthropicMessage =
  | { role: 'user' | 'assistant'; content: string | Block[] }
  | { role: 'system'; content: string | TextBlock[] };

/** What `toAnthropic` makes: its fields are assignable to those of a request of `@anthropic-ai/sdk`. */
export interface AnthropicConversation {
  system?: string | TextBlock[];
  messages: AnthropicMessage[];
}

/** What `fromAnthropic` takes: the fields of a request, as the types of `@anthropic-ai/sdk` have them or newer. */
export interface AnthropicInput {
  readonly system?: string | readonly object[];
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
}
