import type { UIMessage } from 'ai';
import {
  type ContentPart,
  describePart,
  isFilePart,
  isReasoningPart,
  isTextPart,
  isToolCallPart,
  isToolResultPart,
  partsOf,
  type ToolResultPart,
} from '../../messages/index.ts';
import type { HistoryMessage } from '../history/index.ts';

type UiPart = UIMessage['parts'][number];

/**
 * A message that was not stored as a UI message, but by the middleware or through the API, as one. The results of tools
 * have no message of their own there: they go to the calls.
 *
 * @param before the messages before it, whose calls it may answer; these are changed.
 * @returns undefined for one that is nothing but results of such calls.
 */
export function foreignToUi(
  { id, role, content }: HistoryMessage,
  before: readonly UIMessage[],
): UIMessage | undefined {
  const parts: UiPart[] = [];
  for (const part of partsOf(content)) {
    if (isToolResultPart(part) && (answer(parts, part) || before.some((one) => answer(one.parts, part))))
      continue;
    parts.push(...toUi(part));
  }
  if (role === 'tool' && parts.length === 0) return undefined;
  return { id, role: role === 'tool' ? 'assistant' : role, parts };
}

function toUi(part: ContentPart): UiPart[] {
  if (isTextPart(part)) return part.text === '' ? [] : [{ type: 'text', text: part.text }];
  if (isReasoningPart(part)) return [{ type: 'reasoning', text: part.text }];
  if (isToolCallPart(part)) {
    const { toolCallId, toolName, input } = part;
    return [{ type: 'dynamic-tool', toolCallId, toolName, state: 'input-available', input }];
  }
  if (isToolResultPart(part)) return [{ type: 'text', text: describePart(part) }];
  if (!isFilePart(part)) return [];
  const { mediaType, url, data } = part;
  return [{ type: 'file', mediaType, url: url ?? `data:${mediaType};base64,${data}` }];
}

/** Gives the result to its call, if that is among the parts and has none. */
function answer(parts: UiPart[], { toolCallId, output, isError }: ToolResultPart): boolean {
  const index = parts.findLastIndex(
    (part) =>
      part.type === 'dynamic-tool' && part.toolCallId === toolCallId && part.state === 'input-available',
  );
  const call = parts[index];
  if (call?.type !== 'dynamic-tool') return false;
  const { toolName, input } = call;
  const common = { type: 'dynamic-tool' as const, toolCallId, toolName, input };
  parts[index] = isError
    ? {
        ...common,
        state: 'output-error',
        errorText: typeof output === 'string' ? output : JSON.stringify(output),
      }
    : { ...common, state: 'output-available', output };
  return true;
}
