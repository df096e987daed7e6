import fc from 'fast-check';
import type { OpenAI } from 'openai';
import {
  base64,
  conversations,
  ids,
  jsonObjects,
  rawArguments,
  record,
  texts,
  toolNames,
  urls,
} from './values.ts';

type Message = OpenAI.ChatCompletionMessageParam;

const breakpoint = { prompt_cache_breakpoint: fc.constant({ mode: 'explicit' as const }) };
const names = { name: fc.stringMatching(/^[A-Za-z0-9.äß-]{1,20}$/) };

const textBlocks = record({ type: fc.constant('text' as const), text: texts }, breakpoint);
const refusalBlocks = fc.record({ type: fc.constant('refusal' as const), refusal: fc.string() });

const dataUrl = (mediaType: string) => base64.map((data) => `data:${mediaType};base64,${data}`);
const userBlocks: fc.Arbitrary<OpenAI.ChatCompletionContentPart> = fc.oneof(
  textBlocks,
  record(
    {
      type: fc.constant('image_url' as const),
      image_url: record(
        { url: fc.oneof(urls, dataUrl('image/png'), dataUrl('image/webp')) },
        { detail: fc.constantFrom('auto' as const, 'low' as const, 'high' as const) },
      ),
    },
    breakpoint,
  ),
  record(
    {
      type: fc.constant('input_audio' as const),
      input_audio: fc.record({ data: base64, format: fc.constantFrom('wav' as const, 'mp3' as const) }),
    },
    breakpoint,
  ),
  record(
    {
      type: fc.constant('file' as const),
      file: fc.record(
        {
          file_data: fc.oneof(dataUrl('application/pdf'), dataUrl('image/png'), base64),
          file_id: ids,
          filename: fc.string(),
        },
        { requiredKeys: [] },
      ),
    },
    breakpoint,
  ),
);

const contents = fc.oneof(fc.string(), fc.array(textBlocks, { minLength: 1, maxLength: 3 }));

const asides: fc.Arbitrary<Message> = fc.oneof(
  record({ role: fc.constant('system' as const), content: contents }, names),
  record({ role: fc.constant('developer' as const), content: contents }, names),
  record(
    {
      role: fc.constant('user' as const),
      content: fc.oneof(fc.string(), fc.array(userBlocks, { minLength: 1, maxLength: 4 })),
    },
    names,
  ),
);

const said = fc.oneof(
  fc.string(),
  fc.array(fc.oneof(textBlocks, refusalBlocks), { minLength: 1, maxLength: 3 }),
);
const refused = { refusal: fc.oneof(fc.constant(null), fc.string()) };

/** What the API itself gives has fields more than what it takes. */
const annotations = fc.constant([
  {
    type: 'url_citation',
    url_citation: { start_index: 0, end_index: 3, title: 'a', url: 'https://example.com' },
  },
]);
const answers: fc.Arbitrary<Message> = fc.oneof(
  record({ role: fc.constant('assistant' as const), content: said }, { ...names, ...refused, annotations }),
  record(
    { role: fc.constant('assistant' as const), refusal: fc.string() },
    { ...names, content: fc.oneof(fc.constant(null), said) },
  ),
  record(
    { role: fc.constant('assistant' as const), audio: fc.record({ id: ids }) },
    { content: fc.oneof(fc.constant(null), said), refusal: fc.constant(null) },
  ),
);

const calls = fc.oneof(
  record(
    {
      type: fc.constant('function' as const),
      function: fc.record({ name: toolNames, arguments: rawArguments }),
    },
    { extra_content: jsonObjects },
  ),
  fc.record({
    type: fc.constant('custom' as const),
    custom: fc.record({ name: toolNames, input: fc.string() }),
  }),
);

/** An answer with calls, and their results, in any order. */
const exchanges: fc.Arbitrary<(word: string) => Message[]> = fc
  .record({
    base: record({}, { ...names, ...refused, content: fc.oneof(fc.constant(null), said) }),
    calls: fc.array(fc.record({ call: calls, result: contents }), { minLength: 1, maxLength: 4 }),
    order: fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
  })
  .map(({ base, calls, order }) => (word: string) => {
    const id = (index: number) => `call${index}${word}`;
    const results = calls.map(({ result }, index) => ({
      role: 'tool' as const,
      tool_call_id: id(index),
      content: result,
    }));
    return [
      {
        role: 'assistant',
        ...base,
        tool_calls: calls.map(({ call }, index) => ({ id: id(index), ...call })),
      },
      ...results
        .map((result, index) => ({ result, key: order[index] ?? 0 }))
        .sort((one, other) => one.key - other.key)
        .map(({ result }) => result),
    ];
  });

const oldExchanges: fc.Arbitrary<(word: string) => Message[]> = fc
  .record({
    call: fc.record({ name: toolNames, arguments: rawArguments }),
    base: record({}, { content: fc.oneof(fc.constant(null), said) }),
    result: fc.oneof(fc.constant(null), fc.string()),
  })
  .map(({ call, base, result }) => () => [
    { role: 'assistant', ...base, function_call: call },
    { role: 'function', name: call.name, content: result },
  ]);

/** Conversations that the API takes. */
export const openAiChats: fc.Arbitrary<Message[]> = conversations(
  fc.oneof(
    fc.oneof(asides, answers).map((message) => () => [message]),
    exchanges,
    oldExchanges,
  ),
);
