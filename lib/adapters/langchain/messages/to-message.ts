import {
  AIMessage,
  type BaseMessage,
  ChatMessage,
  FunctionMessage,
  HumanMessage,
  SystemMessage,
  ToolMessage,
} from '@langchain/core/messages';
import type { LangChainFields } from '../../../messages/langchain/index.ts';

/** A message that is made of these fields. */
export function toMessage({ type, ...fields }: LangChainFields): BaseMessage {
  const Message = classes[type] ?? HumanMessage;
  return new Message(fields as never);
}

const classes: Readonly<Record<string, new (fields: never) => BaseMessage>> = {
  ai: AIMessage,
  function: FunctionMessage,
  generic: ChatMessage,
  human: HumanMessage,
  system: SystemMessage,
  tool: ToolMessage,
};
