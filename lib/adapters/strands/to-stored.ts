import type { NewMessage } from '../../client/index.ts';
import { isTextPart, isToolResultPart, type JsonObject } from '../../messages/index.ts';
import { isObject, textField } from './json-fields.ts';
import { readBlock } from './read-block.ts';

/**
 * A message of Strands, as its JSON, as a message of ours: `toStrands` gives back the same. Its id is the tracking id.
 *
 * @param toolNames of the calls so far, by id; those of the message are added.
 */
export function toStored(message: JsonObject, toolNames: Map<string, string>): NewMessage {
  const { role, content, trackingId: _, ...rest } = message;
  const blocks = Array.isArray(content) ? content.filter(isObject) : [];
  const parts = blocks.map((block) => readBlock(block, toolNames));
  const isResults = parts.length > 0 && parts.every(isToolResultPart);
  const isSilent = parts.every((part) => isTextPart(part) && part.text === '');
  const id = textField(message, 'trackingId');
  return {
    ...(id !== undefined && { id }),
    role: role === 'assistant' ? role : isResults ? 'tool' : 'user',
    // A message of ours must say something.
    content: isSilent ? [...parts, { type: 'empty', strands: { empty: true } }] : parts,
    ...(Object.keys(rest).length > 0 && { metadata: { strands: { message: rest } } }),
  };
}
