import type { CanonicalMessage, ContentPart, JsonObject, JsonValue } from '../content.ts';
import { exactReading } from '../exact-reading.ts';
import { UNKNOWN_TOOL } from '../fit-calls.ts';
import { withMetadata, withOwn } from '../own.ts';
import { isObject, text } from '../shape.ts';
import { readBlock } from './blocks.ts';
import { areCalls, isToolMessage, type LangChainFields, PEER, roleOf } from './fields.ts';
import { toLangChain } from './to-langchain.ts';

/**
 * A message of LangChain's as a canonical message: texts, calls, results and thoughts as such. What the canonical form has
 * no word for is kept under `langchain`, in the part or in the message's metadata. A message that would not come back the
 * same that way is a part as it came.
 *
 * @param toolNames names of tools by the ids of their calls, to which those of this message are added: a result that has
 *   no name is named by it.
 */
export function fromLangChain(
  fields: LangChainFields,
  toolNames: Map<string, string> = new Map(),
): CanonicalMessage {
  const asCame: CanonicalMessage = {
    role: roleOf(fields),
    content: [{ type: PEER, value: fields }],
    metadata: { [PEER]: { asCame: true } },
  };
  const reading = fields.type === 'tool' ? readResult(fields, toolNames) : readSaid(fields, toolNames);
  return exactReading(reading, fields, toLangChain) ?? asCame;
}

function readSaid(fields: LangChainFields, toolNames: Map<string, string>): CanonicalMessage[] {
  const { content, tool_calls, type, ...rest } = fields;
  const isUsual = type === 'ai' || type === 'human' || type === 'system';
  const own = isUsual ? rest : { type, ...rest };
  const role = roleOf(fields);
  if (tool_calls === undefined) {
    const said = text(content) ? content : Array.isArray(content) ? content.map(readBlock) : undefined;
    return said === undefined ? [] : [{ role, content: said, ...withMetadata(withOwn(PEER, own)) }];
  }
  if (!areCalls(tool_calls)) return [];
  for (const { id, name } of tool_calls) toolNames.set(id, name);
  const calls = tool_calls.map((call) => readCall(call as unknown as JsonObject));
  const parts = [...readContent(content), ...calls];
  return [{}, { isList: Array.isArray(content) }].map((form) => ({
    role,
    content: parts,
    ...withMetadata(withOwn(PEER, { ...own, ...form })),
  }));
}

function readContent(content: JsonValue | undefined): ContentPart[] {
  if (content === '') return [];
  if (text(content)) return [{ type: 'text', text: content }];
  return Array.isArray(content) ? content.map(readBlock) : [];
}

function readCall({ id, name, args, type, ...own }: JsonObject): ContentPart {
  return {
    type: 'tool-call',
    toolCallId: String(id),
    toolName: String(name),
    input: args ?? {},
    ...withOwn(PEER, type === 'tool_call' ? own : { ...own, type: type ?? null }),
  };
}

function readResult(fields: LangChainFields, toolNames: ReadonlyMap<string, string>): CanonicalMessage[] {
  if (!isToolMessage(fields)) return [];
  const {
    content,
    tool_call_id: toolCallId,
    name,
    type: _,
    ...own
  } = fields as LangChainFields & { tool_call_id: string };
  const toolName = text(name) && name ? name : (toolNames.get(toolCallId) ?? UNKNOWN_TOOL);
  const isNamed = name === toolName;
  const rest = { ...own, ...(!isNamed && { name: name ?? null }) };
  return outputsOf(content).map(({ output, form }) => ({
    role: 'tool',
    content: [
      {
        type: 'tool-result',
        toolCallId,
        toolName,
        output,
        ...(own['status'] === 'error' && { isError: true }),
        ...withOwn(PEER, { form }),
      },
    ],
    ...withMetadata(withOwn(PEER, rest)),
  }));
}

function outputsOf(content: JsonValue | undefined): { output: JsonValue; form?: 'json' }[] {
  if (content === undefined) return [];
  const asJson = { output: content, form: 'json' } as const;
  if (text(content)) return [{ output: content }];
  const isBlocks = Array.isArray(content) && content.every(isObject);
  return isBlocks ? [{ output: content.map((block) => readBlock(block as JsonObject)) }, asJson] : [asJson];
}
