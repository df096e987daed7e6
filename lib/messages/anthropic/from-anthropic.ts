import type { CanonicalMessage, ContentPart, JsonObject, JsonValue, Role } from '../content.ts';
import { emptyPart, withMetadata, withOwn } from '../own.ts';
import { isTextPart, isToolResultPart } from '../parts.ts';
import { readBlock } from './blocks.ts';
import type { AnthropicInput } from './message.ts';

const PEER = 'anthropic';

/**
 * A conversation of Anthropic's messages API as canonical messages. The system prompt becomes the first; results of
 * tools, which the API has in the user's messages, become messages of the tool, and what stands beside them stays the
 * user's. What the canonical form has no word for is kept under `anthropic`, in the part or in the message's metadata.
 * `toAnthropic` gives back the same conversation, if the API takes it.
 *
 * @param toolNames names of tools by the ids of their calls, to which those of these messages are added: results name
 *   their tools by it. Whoever converts a conversation piece by piece gives each piece the same map.
 */
export function fromAnthropic(
  { system, messages }: AnthropicInput,
  toolNames: Map<string, string> = new Map(),
): CanonicalMessage[] {
  const prompt = system === undefined || system.length === 0 ? [] : [{ role: 'system', content: system }];
  return [
    ...prompt.flatMap((message) => readMessage(message as JsonObject, toolNames, {})),
    ...(messages as readonly unknown[] as readonly JsonObject[]).flatMap((message) =>
      readMessage(message, toolNames, message['role'] === 'system' ? { isInline: true } : {}),
    ),
  ];
}

function readMessage(
  { role: itsRole, content, ...rest }: JsonObject,
  toolNames: Map<string, string>,
  own: JsonObject,
): CanonicalMessage[] {
  const role = itsRole === 'assistant' || itsRole === 'system' ? itsRole : 'user';
  const metadata = withMetadata(withOwn(PEER, { ...rest, ...own }));
  if (typeof content === 'string' && content !== '') return [{ role, content, ...metadata }];
  const blocks: readonly JsonValue[] = Array.isArray(content) ? content : [];
  const parts = blocks.map((block) => readBlock(block, toolNames));
  const runs = parts.length === 0 ? [[]] : inRuns(parts);
  return runs.map((run, index) => ({
    role: isResult(run[0]) ? ('tool' satisfies Role) : role,
    content: isSilent(run) ? [...run, emptyPart(PEER)] : run,
    ...(index === 0 ? metadata : withMetadata(withOwn(PEER, { continues: true }))),
  }));
}

/** A message of ours must say something. */
const isSilent = (parts: readonly ContentPart[]) =>
  parts.every((part) => isTextPart(part) && part.text === '');

const isResult = (part: ContentPart | undefined) => part !== undefined && isToolResultPart(part);

/** Results that stand together, and other parts that do. */
function inRuns(parts: readonly ContentPart[]): ContentPart[][] {
  const runs: ContentPart[][] = [];
  for (const part of parts) {
    const last = runs.at(-1);
    if (last && isResult(last[0]) === isResult(part)) last.push(part);
    else runs.push([part]);
  }
  return runs;
}
