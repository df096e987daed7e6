export { type AiSdkInput, type AiSdkMessage, fromAiSdk, toAiSdk } from './ai-sdk/index.ts';
export {
  type AnthropicConversation,
  type AnthropicInput,
  type AnthropicMessage,
  fromAnthropic,
  toAnthropic,
} from './anthropic/index.ts';
export type {
  CanonicalMessage,
  ContentPart,
  FilePart,
  JsonObject,
  JsonValue,
  MessageContent,
  OtherPart,
  ReasoningPart,
  Role,
  TextPart,
  ToolCallPart,
  ToolResultPart,
} from './content.ts';
export { describePart } from './describe-part.ts';
export {
  fromOpenAiChat,
  type OpenAiChatInput,
  type OpenAiChatMessage,
  toOpenAiChat,
} from './openai-chat/index.ts';
export {
  fromOpenAiResponses,
  type OpenAiResponsesInput,
  type OpenAiResponsesItem,
  toOpenAiResponses,
} from './openai-responses/index.ts';
export {
  isFilePart,
  isReasoningPart,
  isTextPart,
  isToolCallPart,
  isToolResultPart,
  partsOf,
} from './parts.ts';
export { type MessageForm, recognise } from './recognise.ts';
export { wholePairs } from './whole-pairs.ts';
