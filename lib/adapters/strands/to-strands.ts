import { type ContentPart, describePart, type JsonObject, partsOf } from '../../messages/index.ts';
import type { HistoryMessage } from '../history/index.ts';
import { isObject } from './json-fields.ts';
import { writeBlock } from './write-block.ts';

/**
 * A stored message as Strands has messages, in JSON: the one that it was, or, of somebody else's message, one that says the
 * same. There are users and assistants only; what a system says is the user's, and says so.
 */
export function toStrands({ id, role, content, metadata }: HistoryMessage): JsonObject {
  const parts = partsOf(content).filter((part) => !isEmpty(part));
  const strands = metadata?.['strands'];
  const rest = isObject(strands) && isObject(strands['message']) ? strands['message'] : {};
  return {
    role: role === 'assistant' ? role : 'user',
    content:
      role === 'system'
        ? [{ text: `[system] ${parts.map(describePart).join('\n')}` }]
        : parts.map(writeBlock),
    trackingId: id,
    ...rest,
  };
}

/** Stands in a message that says nothing. */
function isEmpty({ type, strands }: ContentPart): boolean {
  return type === 'empty' && isObject(strands) && strands['empty'] === true;
}
