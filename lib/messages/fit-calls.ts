import { shortened } from '../text/shortened.ts';
import type { CanonicalMessage, ContentPart, ToolCallPart, ToolResultPart } from './content.ts';
import { isToolCallPart, isToolResultPart, partsOf } from './parts.ts';

/** What a peer asks of the ids of calls and the names of tools. */
export interface FitOptions {
  /** In characters; any length unless given. */
  readonly maxIdLength?: number;
  /** In characters; any length unless given, and then any character, too. */
  readonly maxNameLength?: number;
  /** Ids consist of letters, digits, `_` and `-`, and none is there twice; otherwise none is open twice. */
  readonly hasStrictIds?: boolean;
}

const MAX_SUFFIX_LENGTH = 8;

/** The name of the tool in a result whose call was not at hand. */
export const UNKNOWN_TOOL = 'unknown';

/**
 * The same messages, with ids and names of calls and results that a peer takes. Those that it takes stay as they are.
 * A result that did not know its tool learns it from its call.
 */
export function fitCalls(
  messages: readonly CanonicalMessage[],
  { maxIdLength = Number.POSITIVE_INFINITY, maxNameLength, hasStrictIds = false }: FitOptions,
): readonly CanonicalMessage[] {
  const used = new Set<string>();
  const open = new Map<string, ToolCallPart[]>();

  function nameOf(name: string): string {
    return maxNameLength === undefined ? name : name.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, maxNameLength);
  }

  function freeId(id: string): string {
    const wanted = shortened(hasStrictIds ? id.replace(/[^A-Za-z0-9_-]/g, '_') : id, maxIdLength);
    let fitting = wanted;
    for (let n = 2; used.has(fitting); n += 1) {
      fitting = `${shortened(wanted, Math.min(wanted.length, maxIdLength - MAX_SUFFIX_LENGTH))}_${n}`;
    }
    used.add(fitting);
    return fitting;
  }

  function fitCall(part: ToolCallPart): ToolCallPart {
    const { toolCallId: id } = part;
    const call = { ...part, toolCallId: freeId(id), toolName: nameOf(part.toolName) };
    open.set(id, [...(open.get(id) ?? []), call]);
    return call;
  }

  function fitResult(part: ToolResultPart): ToolResultPart {
    const call = open.get(part.toolCallId)?.pop();
    if (!call) return part;
    if (!hasStrictIds) used.delete(call.toolCallId);
    const toolName = part.toolName === UNKNOWN_TOOL ? call.toolName : part.toolName;
    return { ...part, toolCallId: call.toolCallId, toolName: nameOf(toolName) };
  }

  function fit(part: ContentPart): ContentPart {
    if (isToolCallPart(part)) return fitCall(part);
    return isToolResultPart(part) ? fitResult(part) : part;
  }

  return messages.map((message) => ({
    ...message,
    content: typeof message.content === 'string' ? message.content : partsOf(message.content).map(fit),
  }));
}
