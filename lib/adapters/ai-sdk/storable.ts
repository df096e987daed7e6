import {
  type AiSdkInput,
  type CanonicalMessage,
  describePart,
  fromAiSdk,
  isFilePart,
} from '../../messages/index.ts';
import { plainJson } from './plain-json.ts';

/** Of a message as JSON, in bytes: an append takes 256 KiB, and adds an id and a time. */
const MAX_BYTES = 250_000;

/**
 * Messages of a model as they are stored. In one that is too large for an append, files that lie within it become a text
 * that says what they are, such as `[image/png, 1.2 MB]`; one that is too large without them is refused by the API. Values are
 * stored as `plainJson` has them.
 */
export function storable(messages: readonly AiSdkInput[]): CanonicalMessage[] {
  return fromAiSdk(messages).map((message) => fitted(plainJson(message)));
}

function fitted(message: CanonicalMessage): CanonicalMessage {
  const { content } = message;
  if (typeof content === 'string' || bytesOf(message) <= MAX_BYTES) return message;
  const described = content.map((part) =>
    isFilePart(part) && part.data !== undefined ? { type: 'text', text: describePart(part) } : part,
  );
  return { ...message, content: described };
}

function bytesOf(message: CanonicalMessage): number {
  return new TextEncoder().encode(JSON.stringify(message)).byteLength;
}
