import type Anthropic from '@anthropic-ai/sdk';
import type { ModelMessage } from 'ai';
import type { OpenAI } from 'openai';
import { describe, expectTypeOf, it } from 'vitest';
import {
  fromAiSdk,
  fromAnthropic,
  fromOpenAiChat,
  fromOpenAiResponses,
  toAiSdk,
  toAnthropic,
  toOpenAiChat,
  toOpenAiResponses,
} from '../../lib/messages/index.ts';
import type { NewMessage } from '../../lib/session/index.ts';

type Request = Anthropic.MessageCreateParams;

/** The type check looks at these: at run time they only run. */
describe("the types of the providers' own packages", () => {
  it('can be given to a converter', () => {
    expectTypeOf(fromOpenAiChat).toBeCallableWith([] as OpenAI.ChatCompletionMessageParam[]);
    expectTypeOf(fromOpenAiChat).toBeCallableWith([] as OpenAI.ChatCompletionMessage[]);
    expectTypeOf(fromOpenAiResponses).toBeCallableWith([] as OpenAI.Responses.ResponseInputItem[]);
    expectTypeOf(fromOpenAiResponses).toBeCallableWith([] as OpenAI.Responses.ResponseOutputItem[]);
    expectTypeOf(fromAnthropic).toBeCallableWith({} as Request);
    expectTypeOf(fromAnthropic).toBeCallableWith({ messages: [] as Anthropic.Message[] });
    expectTypeOf(fromAiSdk).toBeCallableWith([] as ModelMessage[]);
  });

  it('are what a converter gives', () => {
    expectTypeOf(toOpenAiChat).returns.toExtend<OpenAI.ChatCompletionMessageParam[]>();
    expectTypeOf(toOpenAiResponses).returns.toExtend<OpenAI.Responses.ResponseInputItem[]>();
    expectTypeOf(toAnthropic).returns.toExtend<Pick<Request, 'system' | 'messages'>>();
    expectTypeOf(toAiSdk).returns.toExtend<ModelMessage[]>();
  });

  it('stand between which messages can be appended', () => {
    expectTypeOf(fromOpenAiChat).returns.toExtend<NewMessage[]>();
    expectTypeOf(toOpenAiChat).toBeCallableWith([] as NewMessage[]);
  });
});
