import type { BaseMessage } from '@langchain/core/messages';
import { CommitlaneUsageError } from '../../../client/index.ts';
import type { JsonObject } from '../../../messages/index.ts';
import type { LangChainFields } from '../../../messages/langchain/index.ts';

const names = [
  'content',
  'id',
  'name',
  'role',
  'tool_call_id',
  'status',
  'artifact',
  'metadata',
  'tool_calls',
  'invalid_tool_calls',
  'usage_metadata',
  'additional_kwargs',
  'response_metadata',
] as const;

/** What every message has, even if nobody said so. */
const defaults: Readonly<Record<string, true>> = {
  additional_kwargs: true,
  invalid_tool_calls: true,
  response_metadata: true,
  tool_calls: true,
};

/**
 * What a message is made of. A chunk is the message that it was put together to.
 *
 * @throws CommitlaneUsageError for a message that is an order to remove another one.
 */
export function fieldsOf(message: BaseMessage): LangChainFields {
  const type = message.getType();
  if (type === 'remove') {
    throw new CommitlaneUsageError(
      'A RemoveMessage cannot be stored: what was said stays stored. Delete the session, or leave the message out of what the model is given.',
    );
  }
  const said = message as unknown as JsonObject;
  const fields = names.filter((name) => said[name] !== undefined && !isDefault(name, said[name]));
  return { ...Object.fromEntries(fields.map((name) => [name, said[name]])), type };
}

function isDefault(name: string, value: unknown): boolean {
  return Object.hasOwn(defaults, name) && Object.keys(value ?? {}).length === 0;
}
