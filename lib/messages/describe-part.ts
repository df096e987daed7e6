import { abridged } from '../text/abridged.ts';
import { base64Bytes } from './base64.ts';
import type { ContentPart, FilePart, JsonValue, ToolCallPart, ToolResultPart } from './content.ts';
import { inlined } from './inlined.ts';
import { isFilePart, isReasoningPart, isTextPart, isToolCallPart, isToolResultPart } from './parts.ts';
import { partsOfOutput } from './parts-of-output.ts';

/** What a part of an unknown type says is somebody else's to bound; this keeps a text from drowning in it. */
const MAX_OTHER_CHARACTERS = 1_000;

/**
 * A part as a text, for where there is no other word for it: a text as it is, anything else in square brackets that
 * say what it was. A file is named by its type and size, such as `[image/png, 130 KB]`, or its address. Calls and
 * results are given whole; a part of another type in at most 1,000 characters.
 */
export function describePart(part: ContentPart): string {
  if (isTextPart(part)) return part.text;
  if (isReasoningPart(part)) return `[reasoning] ${part.text}`;
  if (isFilePart(part)) return describeFile(part);
  if (isToolCallPart(part)) return describeCall(part);
  if (isToolResultPart(part)) return describeResult(part);
  const { type, ...rest } = part;
  if (Object.keys(rest).length === 0 || type === 'empty') return `[${type}]`;
  return `[${type}: ${abridged(JSON.stringify(rest), MAX_OTHER_CHARACTERS)}]`;
}

function describeCall({ toolName, toolCallId, input }: ToolCallPart): string {
  return `[call ${toolCallId} of ${toolName}: ${JSON.stringify(input)}]`;
}

function describeResult({ toolName, toolCallId, output, isError }: ToolResultPart): string {
  return `[${isError ? 'error' : 'result'} of ${toolName}, call ${toolCallId}] ${describeOutput(output)}`;
}

/** What a tool returned, as a text: the text itself; of parts, each on a line of its own; anything else as JSON. */
export function describeOutput(output: JsonValue): string {
  if (typeof output === 'string') return output;
  return partsOfOutput(output)?.map(describePart).join('\n') ?? JSON.stringify(output);
}

function describeFile(part: FilePart): string {
  const { mediaType, url, data, name } = inlined(part);
  const place = data === undefined ? abridged(url ?? '', MAX_OTHER_CHARACTERS) : size(base64Bytes(data));
  return `[${[mediaType, place, name].filter(Boolean).join(', ')}]`;
}

function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
