import type { CanonicalMessage, ContentPart, JsonObject, JsonValue, Role } from '../content.ts';
import { exactReading } from '../exact-reading.ts';
import { kept, withMetadata, withOwn } from '../own.ts';
import { inputOf } from '../raw-input.ts';
import { literal } from '../shape.ts';
import { readBlock } from './blocks.ts';
import {
  type AgentsItem,
  isAssistant,
  isCall,
  isReasoning,
  isResult,
  isSystem,
  isUser,
  PEER,
} from './item.ts';
import { readOutput } from './output.ts';
import { toOpenAiAgents } from './to-openai-agents.ts';

/**
 * An item of OpenAI's Agents SDK as one canonical message: texts, calls, results and thoughts as such. What the canonical
 * form has no word for is kept under `openaiAgents`, in the part or in the message's metadata. An item that would not come
 * back the same that way, such as one of a hosted tool, is a part as it came.
 */
export function fromOpenAiAgents(item: AgentsItem): CanonicalMessage {
  const asCame: CanonicalMessage = {
    role: roleOf(item),
    content: [kept(PEER, item as JsonObject)],
    metadata: { [PEER]: { asCame: true } },
  };
  return exactReading(readings(item), item, toOpenAiAgents) ?? asCame;
}

function readings(item: AgentsItem): CanonicalMessage[] {
  if (isSystem(item)) return withRest('system', item.content, item, ['role', 'content']);
  if (isUser(item)) {
    const { content } = item;
    const said =
      typeof content === 'string' ? content : content.map((block) => readBlock(block as JsonObject, 'user'));
    return withRest('user', said, item, ['role', 'content']);
  }
  if (isAssistant(item)) {
    const parts = item.content.map((block) => readBlock(block as JsonObject, 'assistant'));
    return withRest('assistant', parts, item, ['role', 'content']);
  }
  if (isReasoning(item)) {
    const parts = item.content.map(({ text, type: _, ...own }) => ({
      type: 'reasoning',
      text,
      ...withOwn(PEER, own),
    }));
    return withRest('assistant', parts, item, ['content']);
  }
  if (isCall(item)) {
    const { callId: toolCallId, name: toolName } = item;
    const call = { type: 'tool-call', toolCallId, toolName, ...inputOf(item.arguments) };
    return withRest('assistant', [call], item, ['type', 'callId', 'name', 'arguments']);
  }
  return isResult(item) ? readResult(item) : [];
}

function readResult(
  item: AgentsItem & { callId: string; name: string; output: unknown },
): CanonicalMessage[] {
  return readOutput(item.output as JsonValue).flatMap(({ output, form }) => {
    const result = {
      type: 'tool-result',
      toolCallId: item.callId,
      toolName: item.name,
      output,
      ...withOwn(PEER, { form }),
    };
    return withRest('tool', [result], item, ['type', 'callId', 'name', 'output']);
  });
}

/** A message without what the item has besides, and with it: what is usual comes back by itself. */
function withRest(
  role: Role,
  content: string | ContentPart[],
  item: AgentsItem,
  said: readonly string[],
): CanonicalMessage[] {
  const rest = Object.entries(item).filter(([field, value]) => !said.includes(field) && value !== undefined);
  const own = Object.fromEntries(rest) as JsonObject;
  return [{}, withMetadata(withOwn(PEER, own))].map((metadata) => ({ role, content, ...metadata }));
}

const isRole = literal('system', 'user', 'assistant');

function roleOf({ role, type }: AgentsItem): Role {
  if (isRole(role)) return role;
  return typeof type === 'string' && /_(output|result)$/.test(type) ? 'tool' : 'assistant';
}
