import type { ModelMessage, ToolResultPart } from 'ai';
import fc from 'fast-check';
import {
  base64,
  conversations,
  ids,
  jsonObjects,
  jsonValues,
  record,
  texts,
  toolNames,
  urls,
} from './values.ts';

const options = { providerOptions: fc.dictionary(ids, jsonObjects, { maxKeys: 2 }) };
type Json = NonNullable<Extract<ToolResultPart['output'], { type: 'json' }>['value']>;
const json = jsonValues as unknown as fc.Arbitrary<Json>;

const bytes = fc.uint8Array({ minLength: 1, maxLength: 30 });
const inline = fc.oneof(
  base64,
  bytes,
  bytes.map((one) => Uint8Array.from(one).buffer),
);
const addresses = urls.map((url) => new URL(url));
const references = fc.constantFrom({ openai: 'file-1' }, { anthropic: 'file_2', google: 'files/3' });
const tagged = fc.oneof(
  fc.record({ type: fc.constant('data' as const), data: inline }),
  fc.record({ type: fc.constant('url' as const), url: addresses }),
  fc.record({ type: fc.constant('reference' as const), reference: references }),
  fc.record({ type: fc.constant('text' as const), text: texts }),
);
const mediaTypes = fc.constantFrom(
  'image/png',
  'image',
  'application/pdf',
  'audio/wav',
  'text/plain',
  'image/*',
);

const textParts = record({ type: fc.constant('text' as const), text: fc.string() }, options);
const imageParts = record(
  { type: fc.constant('image' as const), image: fc.oneof(inline, urls, addresses, references) },
  { ...options, mediaType: mediaTypes },
);
const fileParts = record(
  {
    type: fc.constant('file' as const),
    data: fc.oneof(tagged, inline, urls, addresses, references),
    mediaType: mediaTypes,
  },
  { ...options, filename: fc.string() },
);
const reasoningFiles = record(
  {
    type: fc.constant('reasoning-file' as const),
    data: fc.oneof(
      fc.record({ type: fc.constant('data' as const), data: inline }),
      fc.record({ type: fc.constant('url' as const), url: addresses }),
      inline,
      addresses,
    ),
    mediaType: mediaTypes,
  },
  options,
);
const reasoningParts = record({ type: fc.constant('reasoning' as const), text: fc.string() }, options);
const customParts = record(
  { type: fc.constant('custom' as const), kind: fc.constant('openai.compaction' as const) },
  options,
);

const fileIds = fc.oneof(ids, references);
const outputParts = fc.oneof(
  textParts,
  record(
    { type: fc.constant('file' as const), data: tagged, mediaType: mediaTypes },
    { ...options, filename: fc.string() },
  ),
  record(
    { type: fc.constant('file-data' as const), data: base64, mediaType: mediaTypes },
    { ...options, filename: fc.string() },
  ),
  record({ type: fc.constant('file-url' as const), url: urls }, { ...options, mediaType: mediaTypes }),
  record({ type: fc.constant('file-id' as const), fileId: fileIds }, options),
  record({ type: fc.constant('file-reference' as const), providerReference: references }, options),
  record({ type: fc.constant('image-data' as const), data: base64, mediaType: mediaTypes }, options),
  record({ type: fc.constant('image-url' as const), url: urls }, options),
  record({ type: fc.constant('image-file-id' as const), fileId: fileIds }, options),
  record({ type: fc.constant('image-file-reference' as const), providerReference: references }, options),
  record({ type: fc.constant('custom' as const) }, options),
);
const outputs: fc.Arbitrary<ToolResultPart['output']> = fc.oneof(
  record({ type: fc.constantFrom('text' as const, 'error-text' as const), value: fc.string() }, options),
  record({ type: fc.constantFrom('json' as const, 'error-json' as const), value: json }, options),
  record(
    {
      type: fc.constant('json' as const),
      value: fc.constantFrom<Json>([{ type: 'text', text: 'a' }], { type: 'execution-denied' }, 'a text', []),
    },
    options,
  ),
  record({ type: fc.constant('execution-denied' as const) }, { ...options, reason: fc.string() }),
  record({ type: fc.constant('content' as const), value: fc.array(outputParts, { maxLength: 3 }) }, options),
);

type Maker = fc.Arbitrary<(word: string) => ModelMessage[]>;

const asides: Maker = fc
  .oneof(
    record({ role: fc.constant('system' as const), content: fc.string() }, options),
    record(
      {
        role: fc.constant('user' as const),
        content: fc.oneof(
          fc.string(),
          fc.array(fc.oneof(textParts, imageParts, fileParts), { maxLength: 4 }),
        ),
      },
      options,
    ),
  )
  .map((message) => () => [message]);

const assistantParts = fc.oneof(textParts, customParts, fileParts, reasoningParts, reasoningFiles);
const answers: Maker = record(
  {
    role: fc.constant('assistant' as const),
    content: fc.oneof(fc.string(), fc.array(assistantParts, { maxLength: 4 })),
  },
  options,
).map((message) => () => [message]);

/** Calls that the provider answers itself, in one message. */
const serverExchanges: Maker = fc
  .record({
    before: fc.array(assistantParts, { maxLength: 2 }),
    toolName: toolNames,
    input: json,
    output: outputs,
    extra: record({}, options),
  })
  .map(({ before, toolName, input, output, extra }) => (word) => [
    {
      role: 'assistant',
      content: [
        ...before,
        { type: 'tool-call', toolCallId: `srv${word}`, toolName, input, providerExecuted: true, ...extra },
        { type: 'tool-result', toolCallId: `srv${word}`, toolName, output, ...extra },
        { type: 'text', text: 'Found.' },
      ],
    },
  ]);

const exchanges: Maker = fc
  .record({
    before: fc.array(assistantParts, { maxLength: 2 }),
    calls: fc.array(
      fc.record({
        toolName: toolNames,
        input: json,
        output: outputs,
        callExtra: record({}, { ...options, providerExecuted: fc.constant(false) }),
        resultExtra: record({}, options),
        approval: fc.option(
          record(
            {},
            {
              reason: fc.string(),
              isAutomatic: fc.boolean(),
              signature: fc.string(),
              inputSchemaInput: json,
            },
          ),
        ),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    extra: record({}, options),
    isOneMessage: fc.boolean(),
  })
  .map(({ before, calls, extra, isOneMessage }) => (word) => {
    const named = calls.map((call, index) => ({ ...call, toolCallId: `call${index}${word}` }));
    const approvalId = (toolCallId: string) => `approval-${toolCallId}`;
    const results = named.map(({ toolCallId, toolName, output, resultExtra, approval }) => [
      { type: 'tool-result' as const, toolCallId, toolName, output, ...resultExtra },
      ...(approval
        ? [
            {
              type: 'tool-approval-response' as const,
              approvalId: approvalId(toolCallId),
              approved: true,
              ...(approval.reason !== undefined && { reason: approval.reason }),
            },
          ]
        : []),
    ]);
    return [
      {
        role: 'assistant',
        content: [
          ...before,
          ...named.map(({ toolCallId, toolName, input, callExtra }) => ({
            type: 'tool-call' as const,
            toolCallId,
            toolName,
            input,
            ...callExtra,
          })),
          ...named.flatMap(({ toolCallId, approval }) =>
            approval
              ? [
                  {
                    type: 'tool-approval-request' as const,
                    toolCallId,
                    approvalId: approvalId(toolCallId),
                    ...approval,
                  },
                ]
              : [],
          ),
        ],
        ...extra,
      },
      ...(isOneMessage
        ? [{ role: 'tool' as const, content: results.flat(), ...extra }]
        : results.map((content) => ({ role: 'tool' as const, content }))),
    ];
  });

/** Conversations that the SDK takes. */
export const aiSdkConversations: fc.Arbitrary<ModelMessage[]> = conversations(
  fc.oneof(asides, answers, serverExchanges, exchanges),
);
