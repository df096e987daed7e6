/** What JSON can say; kept value for value. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [field: string]: JsonValue | undefined;
}

/** Who a message is of. What a message quotes or a tool returned is not said by its role: see `ToolResultPart`. */
export type Role = 'system' | 'user' | 'assistant' | 'tool';

/** What a message says: a text, or parts in the order in which they came. */
export type MessageContent = string | readonly ContentPart[];

/**
 * A part of a message, in the vocabulary of the AI SDK's model messages. A part may have further fields, such as a
 * provider's signature; they are kept as they came.
 */
export type ContentPart = TextPart | ReasoningPart | ToolCallPart | ToolResultPart | FilePart | OtherPart;

/** The text may be empty where the message has something else. */
export interface TextPart extends JsonObject {
  readonly type: 'text';
  readonly text: string;
}

/** What a model thought before it answered. */
export interface ReasoningPart extends JsonObject {
  readonly type: 'reasoning';
  readonly text: string;
}

/** A model calls a tool. */
export interface ToolCallPart extends JsonObject {
  readonly type: 'tool-call';
  /** A later `tool-result` answers the call by this id. */
  readonly toolCallId: string;
  readonly toolName: string;
  readonly input: JsonValue;
}

/** What a tool returned to a call. */
export interface ToolResultPart extends JsonObject {
  readonly type: 'tool-result';
  readonly toolCallId: string;
  readonly toolName: string;
  readonly output: JsonValue;
  readonly isError?: boolean;
}

/** A file, image or recording: at an address, or within the message. */
export interface FilePart extends JsonObject {
  readonly type: 'file';
  /** Such as `image/png`. */
  readonly mediaType: string;
  readonly url?: string;
  /** In base64. */
  readonly data?: string;
  readonly name?: string;
}

/** Any other part, as it came. */
export interface OtherPart extends JsonObject {
  readonly type: string;
}

/** What the converters need of a message, and give. */
export interface CanonicalMessage {
  readonly id?: string | undefined;
  readonly role: Role;
  readonly content: MessageContent;
  readonly at?: string | undefined;
  readonly metadata?: JsonObject | undefined;
}
