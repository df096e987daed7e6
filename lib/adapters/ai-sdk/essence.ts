import {
  type CanonicalMessage,
  type ContentPart,
  isFilePart,
  isTextPart,
  isToolCallPart,
  isToolResultPart,
  partsOf,
} from '../../messages/index.ts';

/**
 * What a message is recognised by, in a prompt and in a session: its role, its texts and files, and the ids of calls and
 * results. What models thought, and what providers note beside, is often left out when a message is sent again.
 *
 * @returns undefined for a message that says nothing of this.
 */
export function essence({ role, content }: Pick<CanonicalMessage, 'role' | 'content'>): string | undefined {
  const parts = partsOf(content).flatMap((part) => essenceOf(part, role) ?? []);
  return parts.length > 0 ? JSON.stringify([role, ...parts]) : undefined;
}

function essenceOf(part: ContentPart, role: CanonicalMessage['role']): string | undefined {
  if (isTextPart(part)) return part.text === '' ? undefined : `text ${part.text}`;
  if (isToolCallPart(part)) return `call ${part.toolCallId} ${part.toolName}`;
  if (isToolResultPart(part)) return `result ${part.toolCallId}`;
  if (isFilePart(part)) return `file ${part.mediaType} ${part.data ?? part.url}`;
  return role === 'tool' ? JSON.stringify(part) : undefined;
}
