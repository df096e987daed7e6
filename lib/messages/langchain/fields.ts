import type { JsonObject, Role } from '../content.ts';
import { type Guard, isObject, listOf, shape, text } from '../shape.ts';

export const PEER = 'langchain';

/** What a message of LangChain's is made of, its class as `type`: `human`, `ai`, `system`, `tool`, `function`, `generic`. */
export type LangChainFields = JsonObject & { readonly type: string };

const filled: Guard<string> = (value): value is string => text(value) && value !== '';

/** Calls that a result can name. */
export const areCalls = listOf(shape({ id: filled, name: filled, args: isObject }));
export const isToolMessage = shape({ tool_call_id: filled });

/** Whose words a message is, by its type. */
export function roleOf({ type, role }: LangChainFields): Role {
  if (type === 'generic') return isGenericRole(role) ? genericRoles[role] : 'user';
  return roles[type] ?? 'user';
}

const roles: Readonly<Record<string, Role>> = {
  ai: 'assistant',
  function: 'tool',
  human: 'user',
  system: 'system',
  tool: 'tool',
};
const genericRoles = {
  ai: 'assistant',
  assistant: 'assistant',
  developer: 'system',
  system: 'system',
  tool: 'tool',
} as const;

function isGenericRole(role: unknown): role is keyof typeof genericRoles {
  return text(role) && Object.hasOwn(genericRoles, role);
}

/** The type of a message that did not come from LangChain. */
export const usualTypes = { assistant: 'ai', system: 'system', tool: 'human', user: 'human' } as const;
