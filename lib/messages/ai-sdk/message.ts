import { isBase64, readDataUrl } from '../base64.ts';
import { isAddress } from '../inlined.ts';
import {
  anyOf,
  flag,
  type Guard,
  type Guarded,
  instanceOf,
  isObject,
  json,
  listOf,
  literal,
  optional,
  recordOf,
  shape,
  text,
} from '../shape.ts';

/** By provider. */
export const isProviderOptions = recordOf(recordOf(json));
const options = { providerOptions: optional(isProviderOptions) };

/** The global type, which browsers have, too; that of the global value is Node's. */
const isUrl: Guard<URL> = instanceOf<URL>(URL);
const isBytes = anyOf(instanceOf<Uint8Array>(Uint8Array), instanceOf(ArrayBuffer));

/** An address; data within it only in base64. */
export const isFetchable: Guard<string> = (value): value is string =>
  text(value) &&
  isAddress(value) &&
  (new URL(value).protocol !== 'data:' || readDataUrl(value) !== undefined);

/** The SDK reads both alphabets. */
const isBase64Text: Guard<string> = (value): value is string =>
  text(value) && isBase64(value.replaceAll('-', '+').replaceAll('_', '/'));
const isData = anyOf(isBase64Text, isBytes);
const isInline = anyOf(isData, isFetchable);
const isReference = recordOf(text);
// The SDK lets an address pass for data, and takes it for base64.
const taggedData = shape({ type: literal('data'), data: isData });
const taggedUrl = shape({ type: literal('url'), url: isUrl });
const isTagged = anyOf(
  taggedData,
  taggedUrl,
  shape({ type: literal('reference'), reference: isReference }),
  shape({ type: literal('text'), text }),
);

export const isText = shape({ type: literal('text'), text, ...options });
export const isImage = shape({
  type: literal('image'),
  image: anyOf(isInline, isUrl, isReference),
  mediaType: optional(text),
  ...options,
});
export const isFile = shape({
  type: literal('file'),
  data: anyOf(isTagged, isInline, isUrl, isReference),
  filename: optional(text),
  mediaType: text,
  ...options,
});
const isReasoning = shape({ type: literal('reasoning'), text, ...options });
export const isReasoningFile = shape({
  type: literal('reasoning-file'),
  data: anyOf(taggedData, taggedUrl, isInline, isUrl),
  mediaType: text,
  ...options,
});

type Kind = `${string}.${string}`;
const isCustom = shape({
  type: literal('custom'),
  kind: (value: unknown): value is Kind => text(value) && value.includes('.'),
  ...options,
});
export const isCall = shape({
  type: literal('tool-call'),
  toolCallId: text,
  toolName: text,
  input: json,
  providerExecuted: optional(flag),
  ...options,
});
export const isApprovalRequest = shape({
  type: literal('tool-approval-request'),
  approvalId: text,
  toolCallId: text,
  reason: optional(text),
  isAutomatic: optional(flag),
  signature: optional(text),
  inputSchemaInput: optional(json),
});
export const isApprovalResponse = shape({
  type: literal('tool-approval-response'),
  approvalId: text,
  approved: flag,
  reason: optional(text),
  providerExecuted: optional(flag),
});

const isFileId = anyOf(text, isReference);
/** What of the outputs of a tool is a file that the provider has, or the provider's own. */
export const isOpaqueOutput = anyOf(
  shape({ type: literal('file-id'), fileId: isFileId, ...options }),
  shape({ type: literal('file-reference'), providerReference: isReference, ...options }),
  shape({ type: literal('image-file-id'), fileId: isFileId, ...options }),
  shape({ type: literal('image-file-reference'), providerReference: isReference, ...options }),
  shape({ type: literal('custom'), ...options }),
);
export const isOutputFile = anyOf(
  shape({ type: literal('file'), data: isTagged, mediaType: text, filename: optional(text), ...options }),
  shape({ type: literal('file-data'), data: text, mediaType: text, filename: optional(text), ...options }),
  shape({ type: literal('file-url'), url: isFetchable, mediaType: optional(text), ...options }),
  shape({ type: literal('image-data'), data: text, mediaType: text, ...options }),
  shape({ type: literal('image-url'), url: isFetchable, ...options }),
);
export const isOutputPart = anyOf(isText, isOutputFile, isOpaqueOutput);
export type OutputPart = Guarded<typeof isOutputPart>;

export const isDenied = shape({ type: literal('execution-denied'), reason: optional(text), ...options });
export const isOutput = anyOf(
  shape({ type: literal('text', 'error-text'), value: text, ...options }),
  shape({ type: literal('json', 'error-json'), value: json, ...options }),
  isDenied,
  shape({ type: literal('content'), value: listOf(isOutputPart), ...options }),
);
export type Output = Guarded<typeof isOutput>;

export const isResult = shape({
  type: literal('tool-result'),
  toolCallId: text,
  toolName: text,
  output: isOutput,
  ...options,
});

export const isUserPart = anyOf(isText, isImage, isFile);
type UserPart = Guarded<typeof isUserPart>;
export const isAssistantPart = anyOf(
  isText,
  isCustom,
  isFile,
  isReasoning,
  isReasoningFile,
  isCall,
  isResult,
  isApprovalRequest,
);
type AssistantPart = Guarded<typeof isAssistantPart>;
export const isToolPart = anyOf(isResult, isApprovalResponse);
type ToolPart = Guarded<typeof isToolPart>;

type Options = { providerOptions?: Guarded<typeof isProviderOptions> };

/** What `toAiSdk` makes: assignable to `ModelMessage` of `ai`. */
export type AiSdkMessage = Options &
  (
    | { role: 'system'; content: string }
    | { role: 'user'; content: string | UserPart[] }
    | { role: 'assistant'; content: string | AssistantPart[] }
    | { role: 'tool'; content: ToolPart[] }
  );

/** What `fromAiSdk` takes: a `ModelMessage` of `ai`, as its types have it or newer. */
export interface AiSdkInput {
  readonly role: string;
  readonly content: unknown;
  readonly providerOptions?: object;
}

/** Whether it is an object that is none of bytes and addresses. */
export const isPlainObject = (value: unknown): value is { readonly [field: string]: unknown } =>
  isObject(value) && !isBytes(value) && !isUrl(value);
