import type Anthropic from '@anthropic-ai/sdk';
import type { MessageCreateParams, MessageParam } from '@anthropic-ai/sdk/resources/messages';
import fc from 'fast-check';
import { base64, conversations, ids, jsonObjects, record, texts, toolNames, urls } from './values.ts';

type Conversation = Pick<MessageCreateParams, 'system' | 'messages'>;

const nullableTexts = fc.oneof(fc.constant(null), fc.string());
const cached = {
  cache_control: fc.oneof(
    fc.constant(null),
    record(
      { type: fc.constant('ephemeral' as const) },
      { ttl: fc.constantFrom('5m' as const, '1h' as const) },
    ),
  ),
};
const place = { cited_text: fc.string(), document_index: fc.nat(), document_title: nullableTexts };
const citations: fc.Arbitrary<Anthropic.TextCitationParam> = fc.oneof(
  fc.record({
    type: fc.constant('char_location' as const),
    ...place,
    start_char_index: fc.nat(),
    end_char_index: fc.nat(),
  }),
  fc.record({
    type: fc.constant('page_location' as const),
    ...place,
    start_page_number: fc.nat(),
    end_page_number: fc.nat(),
  }),
  fc.record({
    type: fc.constant('content_block_location' as const),
    ...place,
    start_block_index: fc.nat(),
    end_block_index: fc.nat(),
  }),
  fc.record({
    type: fc.constant('web_search_result_location' as const),
    cited_text: fc.string(),
    encrypted_index: fc.string(),
    title: nullableTexts,
    url: urls,
  }),
  fc.record({
    type: fc.constant('search_result_location' as const),
    cited_text: fc.string(),
    search_result_index: fc.nat(),
    source: fc.string(),
    title: nullableTexts,
    start_block_index: fc.nat(),
    end_block_index: fc.nat(),
  }),
);

const textBlocks = record(
  { type: fc.constant('text' as const), text: texts },
  { ...cached, citations: fc.oneof(fc.constant(null), fc.array(citations, { maxLength: 2 })) },
);
const imageBlocks: fc.Arbitrary<Anthropic.ImageBlockParam> = record(
  {
    type: fc.constant('image' as const),
    source: fc.oneof(
      fc.record({
        type: fc.constant('base64' as const),
        media_type: fc.constantFrom('image/png' as const, 'image/jpeg' as const, 'image/webp' as const),
        data: base64,
      }),
      fc.record({ type: fc.constant('url' as const), url: urls }),
      fc.record({ type: fc.constant('file' as const), file_id: ids }),
    ),
  },
  {
    ...cached,
    transformations: fc.oneof(fc.constant(null), fc.constant({ oversized_image: 'error' as const })),
  },
);
const documentBlocks: fc.Arbitrary<Anthropic.DocumentBlockParam> = record(
  {
    type: fc.constant('document' as const),
    source: fc.oneof(
      fc.record({
        type: fc.constant('base64' as const),
        media_type: fc.constant('application/pdf' as const),
        data: base64,
      }),
      fc.record({
        type: fc.constant('text' as const),
        media_type: fc.constant('text/plain' as const),
        data: fc.string({ unit: 'grapheme' }),
      }),
      fc.record({
        type: fc.constant('content' as const),
        content: fc.oneof(fc.string(), fc.array(fc.oneof(textBlocks, imageBlocks), { maxLength: 2 })),
      }),
      fc.record({ type: fc.constant('url' as const), url: urls }),
      fc.record({ type: fc.constant('file' as const), file_id: ids }),
    ),
  },
  {
    ...cached,
    citations: fc.oneof(fc.constant(null), fc.record({ enabled: fc.boolean() }, { requiredKeys: [] })),
    context: nullableTexts,
    title: nullableTexts,
  },
);
const searchResults = record(
  {
    type: fc.constant('search_result' as const),
    content: fc.array(textBlocks, { minLength: 1, maxLength: 2 }),
    source: fc.string(),
    title: fc.string(),
  },
  { ...cached, citations: fc.constant({ enabled: true }) },
);
const uploads = fc.record({ type: fc.constant('container_upload' as const), file_id: ids });

const thinking = fc.oneof(
  fc.record({ type: fc.constant('thinking' as const), thinking: fc.string(), signature: fc.string() }),
  fc.record({ type: fc.constant('redacted_thinking' as const), data: fc.string() }),
);

const callers = {
  caller: fc.constantFrom<[Anthropic.DirectCaller, Anthropic.ServerToolCaller]>(
    { type: 'direct' },
    { type: 'code_execution_20250825', tool_id: 'srvtoolu_1' },
  ),
};

/** A call that the API answers itself. */
const serverExchanges: fc.Arbitrary<(word: string) => Anthropic.ContentBlockParam[]> = fc
  .record({
    input: jsonObjects,
    extra: record({}, { ...cached, ...callers }),
    content: fc.oneof(
      fc.array(
        record(
          {
            type: fc.constant('web_search_result' as const),
            encrypted_content: fc.string(),
            title: fc.string(),
            url: urls,
          },
          { page_age: nullableTexts },
        ),
        { maxLength: 2 },
      ),
      fc.constant({
        type: 'web_search_tool_result_error' as const,
        error_code: 'max_uses_exceeded' as const,
      }),
    ),
  })
  .map(({ input, extra, content }) => (word: string) => [
    { type: 'server_tool_use', id: `srvtoolu${word}`, name: 'web_search', input, ...extra },
    { type: 'web_search_tool_result', tool_use_id: `srvtoolu${word}`, content, ...extra },
  ]);

const resultContents = fc.oneof(
  fc.string(),
  fc.array(
    fc.oneof(
      textBlocks,
      imageBlocks,
      documentBlocks,
      searchResults,
      record({ type: fc.constant('tool_reference' as const), tool_name: toolNames }, cached),
      record(
        {
          type: fc.constant('browser_state' as const),
          tabs: fc.array(fc.constant({ tab_id: '1', title: 'a', url: 'https://example.com', active: true })),
        },
        cached,
      ),
    ),
    { maxLength: 3 },
  ),
);

const userBlocks = fc.oneof(textBlocks, imageBlocks, documentBlocks, searchResults, uploads);
const userContents = fc.oneof(texts, fc.array(userBlocks, { minLength: 1, maxLength: 4 }));
const systemContents = fc.oneof(texts, fc.array(textBlocks, { minLength: 1, maxLength: 2 }));

const answers: fc.Arbitrary<(word: string) => MessageParam[]> = fc
  .tuple(
    fc.array(fc.oneof(textBlocks, thinking), { maxLength: 3 }),
    fc.option(serverExchanges),
    fc.oneof(texts, fc.array(textBlocks, { minLength: 1, maxLength: 2 })),
  )
  .map(([before, exchange, after]) => (word) => {
    if (typeof after === 'string') return [{ role: 'assistant', content: after }];
    return [{ role: 'assistant', content: [...before, ...(exchange?.(word) ?? []), ...after] }];
  });

const exchanges: fc.Arbitrary<(word: string) => MessageParam[]> = fc
  .record({
    before: fc.array(fc.oneof(textBlocks, thinking), { maxLength: 3 }),
    calls: fc.array(
      fc.record({
        call: record(
          { type: fc.constant('tool_use' as const), name: toolNames, input: jsonObjects },
          { ...cached, ...callers, toolset_name: nullableTexts },
        ),
        result: record(
          { type: fc.constant('tool_result' as const) },
          { ...cached, content: resultContents, is_error: fc.boolean(), toolset_name: nullableTexts },
        ),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    beside: fc.array(userBlocks, { maxLength: 2 }),
  })
  .map(({ before, calls, beside }) => (word) => {
    const id = (index: number) => `toolu${index}${word}`;
    return [
      {
        role: 'assistant',
        content: [...before, ...calls.map(({ call }, index) => ({ id: id(index), ...call }))],
      },
      {
        role: 'user',
        content: [
          ...calls.map(({ result }, index) => ({ tool_use_id: id(index), ...result })).reverse(),
          ...beside,
        ],
      },
    ];
  });

/** Conversations that the API takes. */
export const anthropicConversations: fc.Arbitrary<Conversation> = record(
  {
    messages: fc
      .tuple(
        userContents.map((content): MessageParam => ({ role: 'user', content })),
        conversations<MessageParam>(
          fc.oneof(
            userContents.map((content) => (): MessageParam[] => [{ role: 'user', content }]),
            systemContents.map((content) => (): MessageParam[] => [{ role: 'system', content }]),
            answers,
            exchanges,
          ),
        ),
      )
      .map(([first, others]) => [first, ...others]),
  },
  { system: systemContents },
);
