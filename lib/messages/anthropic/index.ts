export { fromAnthropic } from './from-anthropic.ts';
export type { AnthropicConversation, AnthropicInput, AnthropicMessage } from './message.ts';
export { toAnthropic } from './to-anthropic.ts';
