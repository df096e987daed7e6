import { anyOf, type Guard, isObject, json, listOf, literal, optional, shape, text } from '../shape.ts';

export const PEER = 'openaiAgents';

const name: Guard<string> = (value): value is string => text(value) && value !== '';
const typed = { type: optional(literal('message')) };

export const isSystem = shape({ ...typed, role: literal('system'), content: text });
export const isUser = shape({
  ...typed,
  role: literal('user'),
  content: anyOf(text, listOf(isObject)),
});
export const isAssistant = shape({ ...typed, role: literal('assistant'), content: listOf(isObject) });
export const isReasoning = shape({
  type: literal('reasoning'),
  content: listOf(shape({ type: literal('input_text'), text })),
});
export const isCall = shape({ type: literal('function_call'), callId: name, name, arguments: text });
export const isResult = shape({ type: literal('function_call_result'), callId: name, name, output: json });

/** What an item of the Agents SDK has in common with all others: it is JSON. */
export type AgentsItem = { readonly [field: string]: unknown };
