import type { CanonicalMessage, ContentPart, JsonObject, JsonValue, Role } from '../content.ts';
import { UNKNOWN_TOOL } from '../fit-calls.ts';
import { emptyPart, kept, withMetadata, withOwn } from '../own.ts';
import { isTextPart } from '../parts.ts';
import { inputOf } from '../raw-input.ts';
import type { Guarded } from '../shape.ts';
import { readAnswer, readEasyAnswer, readReasoning } from './answers.ts';
import { readInputBlock, readResultBlock } from './blocks.ts';
import {
  isAnswer,
  isCustomCall,
  isEasyAnswer,
  isFunctionCall,
  isQuestion,
  isReasoning,
  isResult,
  type OpenAiResponsesInput,
  ownItemRoles,
  type Question,
} from './item.ts';

const PEER = 'openaiResponses';

/**
 * Items of OpenAI's responses API, of input or output, as canonical messages. Items of an answer that follow each other
 * (texts, reasoning, calls) become one message of the assistant, results that do one of the tool. What the canonical
 * form has no word for is kept under `openaiResponses`, in the part or in the message's metadata. `toOpenAiResponses`
 * gives back the same items, if the API takes them. A single text can be given as `[{ role: 'user', content: text }]`.
 *
 * `input` of a call is what its arguments say as JSON. Where they are not JSON, or are written otherwise than
 * `JSON.stringify` would, the call has them as they came in `rawInput`, too.
 *
 * @param toolNames names of tools by the ids of their calls, to which those of these items are added: results name
 *   their tools by it. Whoever converts a conversation piece by piece gives each piece the same map.
 */
export function fromOpenAiResponses(
  items: readonly OpenAiResponsesInput[],
  toolNames: Map<string, string> = new Map(),
): CanonicalMessage[] {
  const messages: { -readonly [K in keyof CanonicalMessage]: CanonicalMessage[K] }[] = [];
  for (const item of items) {
    if (isQuestion(item)) {
      messages.push(readQuestion(item));
      continue;
    }
    const { role, parts } = readItem(item as unknown as JsonValue, toolNames);
    const last = messages.at(-1);
    const isSameTurn = last?.role === role && (role === 'assistant' || role === 'tool');
    if (isSameTurn && Array.isArray(last.content)) last.content = [...last.content, ...parts];
    else messages.push({ role, content: parts });
  }
  return messages.map(withSomething);
}

/** A text that stands alone as a string; and a part at least that is not an empty text, as messages have to have. */
function withSomething(message: CanonicalMessage): CanonicalMessage {
  const { role, content } = message;
  if (typeof content === 'string') return message;
  const [first] = content;
  const isLone = role === 'assistant' && content.length === 1 && first && Object.keys(first).length === 2;
  if (isLone && isTextPart(first) && first.text !== '') return { ...message, content: first.text };
  const isSilent = content.every((part) => isTextPart(part) && part.text === '');
  return isSilent ? { ...message, content: [...content, emptyPart(PEER)] } : message;
}

function readQuestion({ role: itsRole, content, ...rest }: Question): CanonicalMessage {
  const role = itsRole === 'developer' ? 'system' : itsRole;
  const parts = typeof content === 'string' ? [] : content.map((block) => readInputBlock(block as JsonValue));
  return {
    role,
    content: typeof content === 'string' && content !== '' ? content : parts,
    ...withMetadata(
      withOwn(PEER, {
        ...rest,
        ...(itsRole !== role && { role: itsRole }),
        ...(content === '' && { content: 'text' }),
      }),
    ),
  };
}

interface Reading {
  readonly role: Role;
  readonly parts: readonly ContentPart[];
}

function readItem(item: JsonValue, toolNames: Map<string, string>): Reading {
  if (isResult(item) && item.call_id) return { role: 'tool', parts: [readResult(item, toolNames)] };
  const parts = readAssistant(item, toolNames);
  if (parts.length > 0) return { role: 'assistant', parts };
  const role = (['tool', 'user', 'system'] as const).find((one) => ownItemRoles[one](item)) ?? 'assistant';
  return { role, parts: [kept(PEER, item)] };
}

/** None for an item that the canonical form cannot hold under a name of its own. */
function readAssistant(item: JsonValue, toolNames: Map<string, string>): ContentPart[] {
  if (isAnswer(item)) return readAnswer(item);
  if (isEasyAnswer(item)) return readEasyAnswer(item);
  if (isReasoning(item)) return [readReasoning(item)];
  if ((!isFunctionCall(item) && !isCustomCall(item)) || !item.call_id || !item.name) return [];
  const { call_id: toolCallId, name: toolName } = item;
  toolNames.set(toolCallId, toolName);
  return [{ type: 'tool-call', toolCallId, toolName, ...inputOfCall(item) }];
}

function inputOfCall(item: Guarded<typeof isFunctionCall> | Guarded<typeof isCustomCall>) {
  const { call_id: _, name: __, ...rest } = item;
  if (rest.type === 'custom_tool_call') {
    const { input, ...own } = rest;
    return { input, ...withOwn(PEER, own) };
  }
  const { type: ___, arguments: raw, ...own } = rest;
  return { ...inputOf(raw), ...withOwn(PEER, own) };
}

function readResult(item: Guarded<typeof isResult>, toolNames: ReadonlyMap<string, string>): ContentPart {
  const { type: _, call_id: toolCallId, output, ...own } = item as JsonObject & typeof item;
  return {
    type: 'tool-result',
    toolCallId,
    toolName: toolNames.get(toolCallId) ?? UNKNOWN_TOOL,
    output: typeof output === 'string' ? output : output.map((block) => readResultBlock(block as JsonValue)),
    ...withOwn(PEER, own),
  };
}
