import type { AgentInputItem } from '@openai/agents';
import fc from 'fast-check';
import {
  base64,
  ids,
  isParsedRight,
  jsonObjects,
  jsonValues,
  rawArguments,
  record,
  texts,
  toolNames,
  urls,
} from './values.ts';

const dataUrl = (mediaType: string) => base64.map((data) => `data:${mediaType};base64,${data}`);
const addresses = fc.oneof(
  urls,
  dataUrl('image/png'),
  dataUrl('application/pdf'),
  base64,
  fc.constant('file-1'),
);
const marks = {
  promptCacheBreakpoint: fc.constant({ mode: 'explicit' as const }),
  providerData: jsonObjects,
};
const own = { providerData: jsonObjects, id: ids };
const statuses = fc.constantFrom('in_progress' as const, 'completed' as const, 'incomplete' as const);
const fileIds = ids.map((id) => ({ id }));

const inputBlocks = fc.oneof(
  record({ type: fc.constant('input_text' as const), text: fc.string() }, marks),
  record(
    { type: fc.constant('input_image' as const) },
    { ...marks, image: fc.oneof(addresses, fileIds), detail: fc.constantFrom('low', 'auto') },
  ),
  record(
    { type: fc.constant('input_file' as const) },
    {
      ...marks,
      file: fc.oneof(
        addresses,
        fileIds,
        urls.map((url) => ({ url })),
      ),
      filename: fc.string(),
    },
  ),
);
const audio = record(
  { type: fc.constant('audio' as const), audio: fc.oneof(base64, fileIds) },
  { ...marks, format: fc.constantFrom('wav', null), transcript: fc.oneof(fc.string(), fc.constant(null)) },
);
const answerBlocks = fc.oneof(
  record({ type: fc.constant('output_text' as const), text: fc.string() }, { providerData: jsonObjects }),
  record({ type: fc.constant('refusal' as const), refusal: fc.string() }, { providerData: jsonObjects }),
  audio,
  record({ type: fc.constant('image' as const), image: addresses }, { providerData: jsonObjects }),
);
const outputs = fc.oneof(
  fc.string(),
  record({ type: fc.constant('text' as const), text: fc.string() }, { providerData: jsonObjects }),
  record(
    { type: fc.constant('image' as const) },
    {
      image: fc.oneof(
        addresses,
        urls.map((url) => ({ url })),
        ids.map((fileId) => ({ fileId })),
        record(
          { data: fc.oneof(base64, dataUrl('image/png')) },
          { mediaType: fc.constantFrom('image/png', '') },
        ),
      ),
      detail: fc.constantFrom('low' as const, 'high' as const),
    },
  ),
  fc.record({
    type: fc.constant('file' as const),
    file: fc.oneof(
      addresses,
      fc.record({
        data: fc.oneof(base64, dataUrl('text/plain')),
        mediaType: fc.constantFrom('text/plain', 'image/png'),
        filename: fc.string(),
      }),
      record({ url: urls }, { filename: fc.string() }),
      record({ id: ids }, { filename: fc.string() }),
    ),
  }),
  fc.array(inputBlocks, { maxLength: 3 }),
);

/** Items of tools that run elsewhere, and others that are not looked at. */
const ownItems: fc.Arbitrary<AgentInputItem> = fc.oneof(
  record(
    { type: fc.constant('hosted_tool_call' as const), name: toolNames },
    { ...own, arguments: rawArguments, status: fc.constant('completed'), output: fc.string() },
  ),
  record(
    {
      type: fc.constant('computer_call' as const),
      callId: ids,
      status: statuses,
      action: fc.constant({ type: 'screenshot' as const }),
    },
    own,
  ),
  record(
    {
      type: fc.constant('computer_call_result' as const),
      callId: ids,
      output: fc.record({ type: fc.constant('computer_screenshot' as const), data: dataUrl('image/png') }),
    },
    own,
  ),
  record(
    {
      type: fc.constant('shell_call' as const),
      callId: ids,
      action: fc.record({ commands: fc.array(texts, { maxLength: 2 }) }),
    },
    own,
  ),
  record({ type: fc.constant('compaction' as const), encrypted_content: base64 }, own),
  record({ type: fc.constant('unknown' as const) }, own),
);

/** An item as the Agents SDK has it. */
export const agentsItems: fc.Arbitrary<AgentInputItem> = fc.oneof(
  record(
    {
      role: fc.constant('user' as const),
      content: fc.oneof(texts, fc.constant(''), fc.array(fc.oneof(inputBlocks, audio), { maxLength: 3 })),
    },
    { ...own, type: fc.constant('message' as const) },
  ),
  record(
    { role: fc.constant('system' as const), content: fc.oneof(texts, fc.constant('')) },
    { ...own, type: fc.constant('message' as const) },
  ),
  record(
    {
      role: fc.constant('assistant' as const),
      status: statuses,
      content: fc.array(answerBlocks, { maxLength: 3 }),
    },
    { ...own, type: fc.constant('message' as const), phase: fc.constantFrom('commentary' as const) },
  ),
  record(
    { type: fc.constant('function_call' as const), callId: ids, name: toolNames, arguments: rawArguments },
    { ...own, status: statuses, namespace: toolNames },
  ),
  record(
    {
      type: fc.constant('function_call_result' as const),
      callId: ids,
      name: toolNames,
      status: statuses,
      output: outputs,
    },
    { ...own, namespace: toolNames },
  ),
  record(
    {
      type: fc.constant('reasoning' as const),
      content: fc.array(record({ type: fc.constant('input_text' as const), text: fc.string() }, marks), {
        maxLength: 3,
      }),
    },
    {
      ...own,
      rawContent: fc.array(fc.record({ type: fc.constant('reasoning_text' as const), text: fc.string() }), {
        maxLength: 2,
      }),
    },
  ),
  ownItems,
);

/** Items that nobody has seen yet. */
export const strangeItems = fc
  .oneof(
    jsonObjects,
    fc.tuple(agentsItems, fc.string({ maxLength: 8 }), jsonValues).map(([item, field, value]) => ({
      ...item,
      [field]: value,
    })),
    fc
      .tuple(agentsItems, fc.constantFrom('type', 'role', 'content', 'callId', 'name', 'output'), jsonValues)
      .map(([item, field, value]) => ({ ...item, [field]: value })),
  )
  .filter(isParsedRight);
