import { toolDefinitions } from './tools.ts';

/** Messages of the chat completions protocol, as far as this agent needs them. */
export type ChatMessage =
  | { role: 'system' | 'user'; content: string }
  | { role: 'assistant'; content: string | null; tool_calls?: ToolCall[] }
  | { role: 'tool'; tool_call_id: string; content: string };

interface ToolCall {
  id: string;
  type: 'function';
  function: { name: string; arguments: string };
}

type AssistantMessage = Extract<ChatMessage, { role: 'assistant' }>;

/** Answers a conversation, or calls tools. */
export type Model = (messages: readonly object[]) => Promise<AssistantMessage>;

/** A model behind the chat completions protocol. */
export function openAiModel(server: { url: string; model: string; key: string | undefined }): Model {
  return async (messages) => {
    const response = await fetch(`${server.url.replace(/\/+$/, '')}/chat/completions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(server.key && { authorization: `Bearer ${server.key}` }),
      },
      body: JSON.stringify({ model: server.model, messages, tools: toolDefinitions }),
    });
    if (!response.ok)
      throw new Error(`The model's server answered ${response.status}: ${await response.text()}`);
    const { choices } = (await response.json()) as { choices: [{ message: AssistantMessage }] };
    return choices[0].message;
  };
}

/** Stands in for a model where there is none: looks for cakes without what the user is known to be allergic to. */
export const cannedModel: Model = async (messages) => {
  const last = messages.at(-1) as ChatMessage;
  if (last.role === 'tool') {
    const cakes: string[] = JSON.parse(last.content);
    return { role: 'assistant', content: `You may have: ${cakes.join(', ')}.` };
  }
  const known = JSON.stringify(messages);
  const allergies = [...known.matchAll(/allergic to (\w+)/g)].map(([, allergen = '']) => allergen);
  const without = [...new Set(allergies)];
  const call = { name: 'find_cakes', arguments: JSON.stringify({ without }) };
  return {
    role: 'assistant',
    content: null,
    tool_calls: [{ id: `call-${messages.length}`, type: 'function', function: call }],
  };
};
