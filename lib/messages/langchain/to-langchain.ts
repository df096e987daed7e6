import type {
  CanonicalMessage,
  ContentPart,
  JsonObject,
  JsonValue,
  ToolCallPart,
  ToolResultPart,
} from '../content.ts';
import { describeOutput } from '../describe-part.ts';
import { ownOf } from '../own.ts';
import { isTextPart, isToolCallPart, isToolResultPart, partsOf } from '../parts.ts';
import { partsOfOutput } from '../parts-of-output.ts';
import { saidByTool } from '../said-by-tool.ts';
import { isObject, text } from '../shape.ts';
import { writeBlock } from './blocks.ts';
import { type LangChainFields, PEER, usualTypes } from './fields.ts';

type Said = Pick<CanonicalMessage, 'id' | 'role' | 'content' | 'metadata'>;

/**
 * A canonical message as messages of LangChain's, whatever it is: one, if it came from there, else what is said, with its
 * calls, and then each result. What LangChain has no word for becomes a text that says what it is.
 */
export function toLangChain(message: Said): LangChainFields[] {
  const { isIdOwn, ...kept } = ownOf(PEER, message.metadata);
  const own = isIdOwn === true && message.id !== undefined ? { ...kept, id: message.id } : kept;
  const parts = partsOf(message.content);
  const [first, ...others] = parts;
  const came =
    own['asCame'] === true && others.length === 0 && first?.type === PEER ? first['value'] : undefined;
  if (isObject(came) && text(came['type'])) return [came as LangChainFields];
  const results = parts.filter(isToolResultPart);
  const said = parts.filter((part) => !isToolResultPart(part));
  const isOne = said.length === 0 && results.length === 1;
  return [
    ...(said.length > 0 || results.length === 0
      ? [writeSaid(said, message, results.length === 0 ? own : {})]
      : []),
    ...results.map((result) => writeResult(result, isOne ? own : {})),
  ];
}

function writeSaid(parts: readonly ContentPart[], message: Said, own: JsonObject): LangChainFields {
  const { isList, type = usualTypes[message.role], ...rest } = own;
  const isForeignTool = message.role === 'tool' && own['type'] === undefined;
  const called = message.role === 'assistant' ? parts.filter(isToolCallPart) : [];
  const calls = called.map(writeCall);
  const said = parts
    .filter((part) => !called.some((call) => call === part))
    .map((part) => (isForeignTool ? saidByTool(part, message) : part));
  const isString =
    typeof message.content === 'string' || (calls.length > 0 && isList !== true && isPlain(said));
  return {
    ...rest,
    type: String(type),
    content: isString ? textOf(said) : said.map(writeBlock),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
}

/** What stands beside calls is a string as a rule, and so is nothing. */
function isPlain([first, ...others]: readonly ContentPart[]): boolean {
  if (first === undefined) return true;
  return others.length === 0 && isTextPart(first) && Object.keys(ownOf(PEER, first)).length === 0;
}

function textOf(said: readonly ContentPart[]): string {
  return said.map((part) => (isTextPart(part) ? part.text : '')).join('');
}

function writeCall(part: ToolCallPart): JsonObject {
  const { toolCallId: id, toolName: name, input } = part;
  const args = isObject(input) ? (input as JsonObject) : { input };
  const { type = 'tool_call', ...own } = ownOf(PEER, part);
  return { ...own, ...(type !== null && { type }), id, name, args };
}

function writeResult(part: ToolResultPart, own: JsonObject): LangChainFields {
  const { toolCallId: tool_call_id, toolName, output, isError } = part;
  const { name = toolName, ...rest } = own;
  const status = isError === true ? { status: 'error' } : {};
  return {
    ...status,
    ...rest,
    type: 'tool',
    tool_call_id,
    ...(name !== null && { name }),
    content: writeOutput(output, ownOf(PEER, part)['form']),
  };
}

function writeOutput(output: JsonValue, form: JsonValue | undefined): JsonValue {
  if (form === 'json') return output;
  const parts = partsOfOutput(output, ({ type }) => type === PEER);
  return parts?.map(writeBlock) ?? describeOutput(output);
}
