import fc from 'fast-check';
import {
  type CanonicalMessage,
  fromAiSdk,
  fromAnthropic,
  fromOpenAiChat,
  fromOpenAiResponses,
  type JsonObject,
  type JsonValue,
} from '../../../lib/messages/index.ts';
import { newMessageSchema } from '../../../lib/session/index.ts';
import { aiSdkConversations } from './ai-sdk.ts';
import { anthropicConversations } from './anthropic.ts';
import { openAiChats } from './openai-chat.ts';
import { openAiResponses } from './openai-responses.ts';
import { base64, jsonObjects, jsonValues, rawArguments, urls } from './values.ts';

/** Few, so that calls and results meet, also in the wrong order; and some that no provider takes. */
const callIds = fc.constantFrom('c1', 'c1', 'c2', 'c.2', 'c_2', 'ü', `long-${'x'.repeat(80)}`);
const toolNames = fc.constantFrom('weather', 'ns.weather', 'get weather', 'ø'.repeat(200));
const mediaTypes = fc.constantFrom(
  'image/png',
  'image/*',
  'image/svg+xml',
  'application/pdf',
  'audio/wav',
  'text/html',
  'x',
);
const addresses = fc.oneof(
  urls,
  fc.constantFrom('not an address', 's3://a/b', 'data:image/png;base64,iVBORw==', 'data:,a'),
);

/** What peers keep in parts, and what others put in their place. */
const own = fc.dictionary(
  fc.constantFrom(
    'openaiChat',
    'openaiResponses',
    'anthropic',
    'aiSdk',
    'providerOptions',
    'providerExecuted',
  ),
  fc.oneof(
    jsonValues,
    fc.constant(true),
    fc.record(
      {
        type: fc.constantFrom(
          'image',
          'custom',
          'custom_tool_call',
          'function_call',
          'image-url',
          'file-data',
        ),
        signature: fc.string(),
        item: fc.oneof(
          jsonValues,
          fc.constant('same'),
          fc.constant({ id: 'a', type: 'message', status: 'completed' }),
        ),
        id: fc.oneof(jsonValues, fc.constant('rs_1')),
        summary: fc.oneof(jsonValues, fc.array(fc.nat(5))),
        content: fc.constantFrom('text', 'parts', 'absent', 'blocks', 7),
        output: fc.constantFrom('json', 'content', 'text', 'error-text', 'execution-denied', 'x'),
        annotations: fc.oneof(jsonValues, fc.constant([])),
        cache_control: fc.oneof(jsonValues, fc.constant({ type: 'ephemeral' })),
        empty: fc.constant(true),
        as: fc.constantFrom('bytes', 'buffer', 'text'),
        isBare: fc.constant(true),
        of: fc.constant('message'),
      },
      { requiredKeys: [] },
    ),
  ),
  { maxKeys: 2 },
) as fc.Arbitrary<JsonObject>;

const plainParts: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record({ type: fc.constant('text'), text: fc.string() }),
  fc.record({ type: fc.constant('file'), mediaType: mediaTypes, url: addresses }),
  fc.record({ type: fc.constant('file'), mediaType: mediaTypes, data: base64, name: fc.string() }),
);
const ownTypes = fc.constantFrom(
  'openaiChat',
  'openaiResponses',
  'anthropic',
  'aiSdk',
  'empty',
  'refusal',
  'audio',
  'source',
  'image',
  'image_url',
  'custom',
  'function',
  'tool_use',
  'tool_result',
  'server_tool_use',
  'web_search_tool_result',
  'container_upload',
  'function_call',
  'function_call_output',
  'computer_call_output',
  'message',
  'item_reference',
  'reasoning-file',
  'tool-approval-request',
  'tool-approval-response',
);
const otherParts = fc
  .record({
    type: ownTypes,
    fields: fc.record(
      {
        id: callIds,
        call_id: callIds,
        tool_use_id: callIds,
        toolCallId: callIds,
        approvalId: callIds,
        approved: fc.boolean(),
        name: toolNames,
        refusal: fc.oneof(jsonValues, fc.string()),
        content: fc.oneof(jsonValues, fc.string()),
        output: jsonValues,
        input: jsonObjects,
        kind: fc.constant('a.b'),
        audio: fc.record({ id: fc.string() }),
        file_id: fc.string(),
        mediaType: mediaTypes,
        data: base64,
        value: fc.oneof(
          jsonValues,
          fc.record({
            type: fc.constantFrom(
              'tool-call',
              'tool-result',
              'function',
              'function_call',
              'tool_use',
              'message',
            ),
            toolCallId: callIds,
            id: callIds,
            call_id: callIds,
            toolName: fc.constant('a'),
            name: fc.constant('a'),
            input: jsonValues,
            arguments: fc.string(),
          }),
        ),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ type, fields }) => ({ ...fields, type }) as JsonObject);

const outputs: fc.Arbitrary<JsonValue> = fc.oneof(
  jsonValues,
  fc.string(),
  fc.array(fc.oneof(plainParts, otherParts), { maxLength: 3 }),
);
const parts = fc
  .tuple(
    fc.oneof(
      plainParts,
      otherParts,
      fc.record({ type: fc.constant('reasoning'), text: fc.string() }),
      fc.record(
        {
          type: fc.constant('tool-call'),
          toolCallId: callIds,
          toolName: toolNames,
          input: jsonValues,
          rawInput: rawArguments,
        },
        { requiredKeys: ['type', 'toolCallId', 'toolName', 'input'] },
      ),
      fc.record(
        {
          type: fc.constant('tool-result'),
          toolCallId: callIds,
          toolName: toolNames,
          output: outputs,
          isError: fc.boolean(),
        },
        { requiredKeys: ['type', 'toolCallId', 'toolName', 'output'] },
      ),
    ),
    own,
  )
  .map(([part, fields]) => ({ ...fields, ...part }) as JsonObject);

const metadata = fc
  .tuple(own, fc.record({ name: fc.constantFrom('Ann', 'Ann Lee', '<|>', 7, '') }, { requiredKeys: [] }))
  .map(([fields, name]) => ({ ...fields, ...name }));
const strangeMessages = fc.record(
  {
    role: fc.constantFrom('system', 'user', 'assistant', 'assistant', 'tool'),
    content: fc.oneof(fc.string(), fc.array(parts, { minLength: 1, maxLength: 5 })),
    metadata,
  },
  { requiredKeys: ['role', 'content'] },
);

const converted: fc.Arbitrary<readonly unknown[]> = fc.oneof(
  openAiChats.map(fromOpenAiChat),
  openAiResponses.map(fromOpenAiResponses),
  anthropicConversations.map(fromAnthropic),
  aiSdkConversations.map(fromAiSdk),
);

/** With one of its values replaced, wherever that is. */
function withChange(value: unknown, at: number, replacement: unknown): unknown {
  let left = at;
  const visit = (one: unknown): unknown => {
    if (left === 0) {
      left -= 1;
      return replacement;
    }
    left -= 1;
    if (Array.isArray(one)) return one.map(visit);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, visit(inner)]));
  };
  return visit(value);
}

/** Lists in which something is not as it was. */
export function changed(lists: fc.Arbitrary<readonly unknown[]>): fc.Arbitrary<readonly unknown[]> {
  const changes = fc.array(fc.tuple(fc.nat(200), fc.oneof(jsonValues, fc.string())), { maxLength: 3 });
  return fc.tuple(lists, changes).map(([list, places]) =>
    places.reduce<readonly unknown[]>((all, [at, replacement]) => {
      const next = withChange(all, at + 1, replacement);
      return Array.isArray(next) ? next : all;
    }, list),
  );
}

/** Whatever can be stored: what converters made, changed, out of order, with parts missing; and what they never would. */
export const canonicalMessages: fc.Arbitrary<CanonicalMessage[]> = fc
  .oneof(
    fc.array(strangeMessages, { maxLength: 6 }),
    changed(converted),
    converted.chain((messages) => fc.shuffledSubarray([...messages])),
    fc
      .tuple(converted, changed(converted), fc.array(strangeMessages, { maxLength: 2 }))
      .map((lists) => lists.flat()),
  )
  .map((messages) =>
    messages.flatMap((message) => {
      const { success, data } = newMessageSchema.safeParse(JSON.parse(JSON.stringify(message)));
      return success ? [data] : [];
    }),
  );
