export { fromOpenAiResponses } from './from-openai-responses.ts';
export type { OpenAiResponsesInput, OpenAiResponsesItem } from './item.ts';
export { toOpenAiResponses } from './to-openai-responses.ts';
