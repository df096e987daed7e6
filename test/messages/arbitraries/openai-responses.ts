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

type Item = OpenAI.Responses.ResponseInputItem;

const marks = { prompt_cache_breakpoint: fc.constant({ mode: 'explicit' as const }) };
const maybeMarks = { prompt_cache_breakpoint: fc.constantFrom({ mode: 'explicit' as const }, null) };
const maybeIds = fc.oneof(fc.constant(null), ids);
const dataUrl = (mediaType: string) => base64.map((data) => `data:${mediaType};base64,${data}`);
const images = fc.oneof(urls, dataUrl('image/png'));
const files = fc.oneof(dataUrl('application/pdf'), dataUrl('image/png'), base64);

const inputBlocks: fc.Arbitrary<OpenAI.Responses.ResponseInputContent> = fc.oneof(
  record({ type: fc.constant('input_text' as const), text: fc.string() }, marks),
  record(
    {
      type: fc.constant('input_image' as const),
      detail: fc.constantFrom('low' as const, 'high' as const, 'auto' as const, 'original' as const),
    },
    { ...marks, image_url: fc.oneof(fc.constant(null), images), file_id: maybeIds },
  ),
  record(
    { type: fc.constant('input_file' as const) },
    {
      ...marks,
      detail: fc.constantFrom('auto' as const, 'low' as const),
      file_data: files,
      file_id: maybeIds,
      file_url: urls,
      filename: fc.string(),
    },
  ),
);
const resultBlocks: fc.Arbitrary<OpenAI.Responses.ResponseFunctionCallOutputItem> = fc.oneof(
  record({ type: fc.constant('input_text' as const), text: fc.string() }, maybeMarks),
  record(
    { type: fc.constant('input_image' as const) },
    {
      ...maybeMarks,
      detail: fc.constantFrom('low' as const, 'auto' as const, null),
      image_url: fc.oneof(fc.constant(null), images),
      file_id: maybeIds,
    },
  ),
  record(
    { type: fc.constant('input_file' as const) },
    {
      ...maybeMarks,
      file_data: fc.oneof(fc.constant(null), files),
      file_id: maybeIds,
      file_url: fc.oneof(fc.constant(null), urls),
      filename: fc.oneof(fc.constant(null), fc.string()),
    },
  ),
);

const phases = { phase: fc.constantFrom('commentary' as const, 'final_answer' as const, null) };
const messageTypes = { type: fc.constant('message' as const) };
const statuses = fc.constantFrom('in_progress' as const, 'completed' as const, 'incomplete' as const);

const questions: fc.Arbitrary<Item> = fc.oneof(
  record(
    {
      role: fc.constantFrom('user' as const, 'system' as const, 'developer' as const),
      content: fc.oneof(fc.string(), fc.array(inputBlocks, { minLength: 1, maxLength: 3 })),
    },
    { ...phases, ...messageTypes },
  ),
  record(
    {
      role: fc.constantFrom('user' as const, 'system' as const, 'developer' as const),
      content: fc.array(inputBlocks, { minLength: 1, maxLength: 3 }),
    },
    { ...messageTypes, status: statuses },
  ),
);

const annotations: fc.Arbitrary<OpenAI.Responses.ResponseOutputText['annotations'][number]> = fc.constantFrom(
  { type: 'file_citation', file_id: 'file-1', filename: 'a.pdf', index: 1 },
  { type: 'url_citation', url: 'https://example.com', title: 'a', start_index: 0, end_index: 3 },
  {
    type: 'container_file_citation',
    container_id: 'c',
    file_id: 'f',
    filename: 'a',
    start_index: 0,
    end_index: 1,
  },
  { type: 'file_path', file_id: 'file-2', index: 0 },
);
const logprob = { token: 'a', bytes: [97], logprob: -0.5 };
const logprobs = fc.constant<OpenAI.Responses.ResponseOutputText.Logprob>({
  ...logprob,
  top_logprobs: [logprob],
});
const answers: fc.Arbitrary<Item> = fc.oneof(
  record({ role: fc.constant('assistant' as const), content: texts }, { ...phases, ...messageTypes }),
  record(
    {
      type: fc.constant('message' as const),
      id: ids,
      role: fc.constant('assistant' as const),
      status: statuses,
      content: fc.array(
        fc.oneof(
          record(
            {
              type: fc.constant('output_text' as const),
              text: fc.string(),
              annotations: fc.array(annotations, { maxLength: 2 }),
            },
            { logprobs: fc.array(logprobs, { maxLength: 1 }) },
          ),
          fc.record({ type: fc.constant('refusal' as const), refusal: fc.string() }),
        ),
        { minLength: 1, maxLength: 3 },
      ),
    },
    phases,
  ),
);

const pieces = <Type extends string>(type: Type) =>
  fc.array(fc.record({ type: fc.constant(type), text: fc.string() }), { maxLength: 3 });
const reasoning: fc.Arbitrary<Item> = record(
  { type: fc.constant('reasoning' as const), id: ids, summary: pieces('summary_text') },
  {
    content: pieces('reasoning_text'),
    encrypted_content: fc.oneof(fc.constant(null), base64),
    status: statuses,
  },
);

/** Of each of the API's own tools, and what else it makes of its own. */
const ownItems: readonly ((word: string) => Item[])[] = [
  () => [{ type: 'file_search_call', id: 'fs', queries: ['a'], status: 'completed', results: null }],
  () => [
    {
      type: 'web_search_call',
      id: 'ws',
      status: 'completed',
      action: { type: 'search', query: 'a' },
    } as Item,
  ],
  (word) => [
    { type: 'computer_call', id: 'cu', call_id: `cu${word}`, status: 'completed', pending_safety_checks: [] },
    { type: 'computer_call_output', call_id: `cu${word}`, output: { type: 'computer_screenshot' } },
  ],
  () => [{ type: 'tool_search_call', arguments: { goal: 'a' } }],
  () => [{ type: 'tool_search_output', tools: [] }],
  () => [{ type: 'additional_tools', role: 'developer', tools: [] }],
  () => [{ type: 'compaction', encrypted_content: 'gAAA' }],
  () => [{ type: 'image_generation_call', id: 'ig', status: 'completed', result: 'iVBO' }],
  () => [
    {
      type: 'code_interpreter_call',
      id: 'ci',
      code: 'a',
      container_id: 'c',
      outputs: null,
      status: 'completed',
    },
  ],
  (word) => [
    {
      type: 'local_shell_call',
      id: 'ls',
      call_id: `ls${word}`,
      status: 'completed',
      action: { type: 'exec', command: ['ls'], env: {} },
    },
    { type: 'local_shell_call_output', id: 'ls', output: 'a' },
  ],
  (word) => [
    { type: 'shell_call', call_id: `sh${word}`, action: { commands: ['ls'] } },
    { type: 'shell_call_output', call_id: `sh${word}`, output: [] },
  ],
  (word) => [
    {
      type: 'apply_patch_call',
      call_id: `ap${word}`,
      status: 'completed',
      operation: { type: 'delete_file', path: 'a' },
    },
    { type: 'apply_patch_call_output', call_id: `ap${word}`, status: 'failed', output: 'no such file' },
  ],
  () => [{ type: 'mcp_list_tools', id: 'ml', server_label: 'a', tools: [] }],
  () => [
    { type: 'mcp_approval_request', id: 'ma', arguments: '{}', name: 'a', server_label: 'b' },
    { type: 'mcp_approval_response', approval_request_id: 'ma', approve: true },
  ],
  () => [{ type: 'mcp_call', id: 'mc', arguments: '{}', name: 'a', server_label: 'b', output: 'c' }],
  () => [{ type: 'compaction_trigger' }],
  () => [{ type: 'item_reference', id: 'msg_1' }],
  () => [{ id: 'msg_2' }],
];
const own = fc.constantFrom(...ownItems);

const callers = {
  caller: fc.constantFrom({ type: 'direct' as const }, { type: 'program' as const, caller_id: 'p' }, null),
};
const calls = fc.oneof(
  fc.record({
    call: record(
      { type: fc.constant('function_call' as const), name: toolNames, arguments: rawArguments },
      { ...callers, id: ids, namespace: ids, status: statuses },
    ),
    result: record(
      {
        type: fc.constant('function_call_output' as const),
        output: fc.oneof(fc.string(), fc.array(resultBlocks, { minLength: 1, maxLength: 3 })),
      },
      { ...callers, id: maybeIds, status: fc.oneof(fc.constant(null), statuses) },
    ),
  }),
  fc.record({
    call: record(
      { type: fc.constant('custom_tool_call' as const), name: toolNames, input: fc.string() },
      { ...callers, id: ids, namespace: ids },
    ),
    result: record(
      {
        type: fc.constant('custom_tool_call_output' as const),
        output: fc.oneof(fc.string(), fc.array(inputBlocks, { minLength: 1, maxLength: 3 })),
      },
      { ...callers, id: ids },
    ),
  }),
);

const exchanges: fc.Arbitrary<(word: string) => Item[]> = fc
  .record({
    calls: fc.array(calls, { minLength: 1, maxLength: 3 }),
    /** The API does not mind what stands between a call and its result. */
    between: fc.option(fc.oneof(questions, answers)),
    isInterleaved: fc.boolean(),
    state: jsonObjects,
  })
  .map(({ calls, between, isInterleaved }) => (word) => {
    const pairs = calls.map(({ call, result }, index) => {
      const call_id = `call${index}${word}`;
      return [{ call_id, ...call } as Item, { call_id, ...result } as Item] as const;
    });
    if (isInterleaved) return pairs.flat();
    return [
      ...pairs.map(([call]) => call),
      ...(between ? [between] : []),
      ...pairs.map(([, result]) => result),
    ];
  });

/** Lists of items that the API takes. */
export const openAiResponses: fc.Arbitrary<Item[]> = conversations(
  fc.oneof(
    fc.oneof(questions, answers, reasoning).map((item) => () => [item]),
    own,
    exchanges,
  ),
  8,
);
