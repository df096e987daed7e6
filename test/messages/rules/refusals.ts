import {
  type CanonicalMessage,
  toAiSdk,
  toAnthropic,
  toOpenAiChat,
  toOpenAiResponses,
} from '../../../lib/messages/index.ts';
import { refusedByAiSdk } from './ai-sdk.ts';
import { refusedByAnthropic } from './anthropic.ts';
import { refusedByOpenAiChat } from './openai-chat.ts';
import { refusedByOpenAiResponses } from './openai-responses.ts';

/** What the AI SDK, OpenAI and Anthropic would answer messages with a 400 for. */
export async function refusals(messages: readonly CanonicalMessage[]): Promise<string[]> {
  return [
    ...(await refusedByAiSdk(toAiSdk(messages))),
    ...refusedByOpenAiChat(toOpenAiChat(messages)),
    ...refusedByOpenAiResponses(toOpenAiResponses(messages)),
    ...refusedByAnthropic(toAnthropic(messages)),
  ];
}
