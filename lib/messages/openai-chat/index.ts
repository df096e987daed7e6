export { fromOpenAiChat } from './from-openai-chat.ts';
export { isOpenAiChatMessage, type OpenAiChatInput, type OpenAiChatMessage } from './message.ts';
export { toOpenAiChat } from './to-openai-chat.ts';
