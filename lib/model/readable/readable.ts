import {
  type ContentPart,
  isFilePart,
  isReasoningPart,
  isTextPart,
  isToolCallPart,
  isToolResultPart,
  type JsonObject,
  type JsonValue,
  partsOf,
  type Role,
} from '../../messages/index.ts';
import type { Message } from '../../session/index.ts';
import { cleanText, shortenedMiddle } from '../../text/index.ts';
import { fileInWords, withoutData } from './without-data.ts';

/** In UTF-16 units: enough to see what was asked for, and how it went. */
const MAX_CALL_LENGTH = 600;
const MAX_RESULT_LENGTH = 2_000;
const MAX_REASONING_LENGTH = 1_000;
const MAX_OTHER_LENGTH = 300;

/**
 * A piece of a message as a model reads it. `kind` and `role` say whose words it is: what a tool returned is a
 * `result` of the role `tool`, whichever message it came in. Pieces of one message share its id.
 */
export interface ReadableMessage {
  readonly id: string;
  readonly role: Role;
  readonly kind: 'text' | 'reasoning' | 'call' | 'result' | 'attachment';
  readonly at: string;
  readonly metadata?: JsonObject | undefined;
  readonly content: string;
}

/**
 * Messages as a model is to read them, in clean text (`cleanText`): calls, results and thoughts shortened, files and encoded data as placeholders
 * such as `[image/png, 130 KB]`. Neighbouring pieces of one kind are one; what would be empty is left out.
 */
export function readable(messages: readonly Message[]): ReadableMessage[] {
  return messages.flatMap((message) => {
    const pieces: ReadableMessage[] = [];
    for (const part of partsOf(message.content)) {
      const { content, ...voice } = pieceOf(part, message);
      const piece = {
        ...voice,
        content: cleanText(content),
        id: message.id,
        at: message.at,
        metadata: message.metadata,
      };
      const last = pieces.at(-1);
      if (piece.content.trim() === '') continue;
      if (last?.kind === piece.kind && last.role === piece.role) {
        pieces[pieces.length - 1] = { ...last, content: `${last.content}\n${piece.content}` };
      } else pieces.push(piece);
    }
    return pieces;
  });
}

/** A request to a model with its messages as the model reads them. */
export type Readable<Request> = Omit<Request, 'messages'> & { readonly messages: readonly ReadableMessage[] };

function pieceOf(part: ContentPart, { role }: Message): Pick<ReadableMessage, 'role' | 'kind' | 'content'> {
  if (isTextPart(part)) {
    const content = withoutData(part.text);
    if (role !== 'tool') return { role, kind: 'text', content };
    return { role, kind: 'result', content: shortenedMiddle(content, MAX_RESULT_LENGTH) };
  }
  if (isReasoningPart(part)) {
    const thought = shortenedMiddle(withoutData(part.text), MAX_REASONING_LENGTH);
    return { role, kind: 'reasoning', content: thought === '' ? '' : `[thinks: ${thought}]` };
  }
  if (isToolCallPart(part)) {
    const input = shortenedMiddle(textOf(part.input), MAX_CALL_LENGTH);
    return { role, kind: 'call', content: `[calls ${part.toolName}: ${input}]` };
  }
  if (isToolResultPart(part)) {
    const output = shortenedMiddle(textOf(part.output), MAX_RESULT_LENGTH);
    const verb = part.isError === true ? 'failed' : 'returned';
    return { role: 'tool', kind: 'result', content: `[${part.toolName} ${verb}: ${output}]` };
  }
  if (isFilePart(part)) return { role, kind: 'attachment', content: fileInWords(part) };
  const { type, ...fields } = part;
  const said = shortenedMiddle(textOf(fields), MAX_OTHER_LENGTH);
  return { role, kind: 'attachment', content: `[${type}: ${said}]` };
}

/** A text as it is; what has only a text in the AI SDK's form of outputs, as that text; everything else as JSON. */
function textOf(value: JsonValue): string {
  if (typeof value === 'string') return withoutData(value);
  const inner = typeof value === 'object' && value !== null && 'value' in value ? value['value'] : undefined;
  return withoutData(typeof inner === 'string' ? inner : JSON.stringify(value));
}
