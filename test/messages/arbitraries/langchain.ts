import fc from 'fast-check';
import type { LangChainFields } from '../../../lib/messages/langchain/index.ts';
import {
  base64,
  ids,
  isParsedRight,
  jsonObjects,
  jsonValues,
  record,
  texts,
  toolNames,
  urls,
} from './values.ts';

const dataUrl = (mediaType: string) => base64.map((data) => `data:${mediaType};base64,${data}`);
const addresses = fc.oneof(urls, dataUrl('image/png'), fc.constantFrom('file-1', ''));
const mediaTypes = fc.constantFrom('image/png', 'application/pdf', 'audio/wav', '');
const cached = { cache_control: fc.constant({ type: 'ephemeral' }) };

const blocks = fc.oneof(
  record({ type: fc.constant('text'), text: fc.string() }, { ...cached, annotations: fc.array(jsonObjects) }),
  record(
    {
      type: fc.constant('image_url'),
      image_url: fc.oneof(addresses, record({ url: addresses }, { detail: fc.constantFrom('low', 'auto') })),
    },
    cached,
  ),
  record(
    { type: fc.constantFrom('image', 'file', 'audio', 'video') },
    {
      url: addresses,
      data: fc.oneof(base64, fc.string()),
      mimeType: mediaTypes,
      mime_type: mediaTypes,
      source_type: fc.constantFrom('url', 'base64'),
      metadata: jsonObjects,
    },
  ),
  record({ type: fc.constant('reasoning'), reasoning: fc.string() }, { id: ids }),
  record({ type: fc.constant('thinking'), thinking: fc.string() }, { signature: base64 }),
  record({ type: fc.constant('tool_use'), id: ids, name: toolNames, input: jsonObjects }, {}),
  jsonObjects,
);
const contents = fc.oneof(texts, fc.constant(''), fc.array(blocks, { maxLength: 3 }));
const common = {
  id: ids,
  name: fc.string(),
  additional_kwargs: jsonObjects,
  response_metadata: jsonObjects,
};

/** What a message of LangChain's is made of. */
export const langChainFields = fc.oneof(
  record({ type: fc.constantFrom('human', 'system'), content: contents }, common),
  record(
    { type: fc.constant('ai'), content: contents },
    {
      ...common,
      usage_metadata: fc.record({ input_tokens: fc.nat(), output_tokens: fc.nat(), total_tokens: fc.nat() }),
      tool_calls: fc.array(
        record(
          { name: fc.oneof(toolNames, fc.constant('')), args: jsonObjects },
          { id: ids, type: fc.constant('tool_call') },
        ),
        { maxLength: 2 },
      ),
      invalid_tool_calls: fc.array(fc.record({ name: toolNames, args: fc.string(), error: fc.string() }), {
        maxLength: 1,
      }),
    },
  ),
  record(
    { type: fc.constant('tool'), content: contents, tool_call_id: fc.oneof(ids, fc.constant('')) },
    {
      ...common,
      status: fc.constantFrom('success', 'error'),
      artifact: jsonValues,
      metadata: jsonObjects,
    },
  ),
  record({ type: fc.constant('function'), content: texts, name: toolNames }, {}),
  record(
    { type: fc.constant('generic'), content: contents, role: fc.constantFrom('developer', 'critic') },
    common,
  ),
) as fc.Arbitrary<LangChainFields>;

/** Messages that nobody has seen yet. */
export const strangeFields = fc
  .tuple(
    langChainFields,
    fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('content', 'tool_calls', 'id')),
    jsonValues,
  )
  .filter(([, field]) => field !== 'type')
  .map(([fields, field, value]) => ({ ...fields, [field]: value }))
  .filter(isParsedRight);
