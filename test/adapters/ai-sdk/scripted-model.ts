import { simulateReadableStream } from 'ai';
import { MockLanguageModelV4 } from 'ai/test';

type Result = Awaited<ReturnType<MockLanguageModelV4['doGenerate']>>;
type Call = Parameters<MockLanguageModelV4['doGenerate']>[0];
export type Content = Result['content'];
export type Prompt = Call['prompt'];
type StreamPart =
  Awaited<ReturnType<MockLanguageModelV4['doStream']>>['stream'] extends ReadableStream<infer Part>
    ? Part
    : never;

const usage: Result['usage'] = {
  inputTokens: { total: 1, noCache: 1, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 1, text: 1, reasoning: undefined },
};

export const says = (text: string): Content => [{ type: 'text', text }];
export const calls = (toolCallId: string, toolName: string, input: object): Content => [
  { type: 'tool-call', toolCallId, toolName, input: JSON.stringify(input) },
];

/** A model that gives these answers one after another, generated or streamed; an error is thrown. */
export function scriptedModel(answers: readonly (Content | Error)[]) {
  const prompts: Prompt[] = [];
  const next = ({ prompt }: Call): Content => {
    prompts.push(prompt);
    const answer = answers[prompts.length - 1];
    if (answer === undefined) throw new Error('no answer is left in the script');
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const model = new MockLanguageModelV4({
    async doGenerate(call) {
      const content = next(call);
      return { content, finishReason: finishOf(content), usage, warnings: [] };
    },
    async doStream(call) {
      const content = next(call);
      return { stream: simulateReadableStream({ chunks: streamOf(content) }) };
    },
  });
  return { model, prompts };
}

function finishOf(content: Content): Result['finishReason'] {
  const unified = content.some(({ type }) => type === 'tool-call') ? 'tool-calls' : 'stop';
  return { unified, raw: undefined };
}

/** Texts in pieces of four characters. */
export function streamOf(content: Content): StreamPart[] {
  const parts = content.flatMap((part, index): StreamPart[] => {
    if (part.type !== 'text' && part.type !== 'reasoning') return [part];
    const id = String(index);
    const pieces = part.text.match(/[\s\S]{1,4}/g) ?? [];
    const { type } = part;
    return [
      { type: `${type}-start`, id },
      ...pieces.map((delta): StreamPart => ({ type: `${type}-delta`, id, delta })),
      { type: `${type}-end`, id },
    ];
  });
  return [
    { type: 'stream-start', warnings: [] },
    ...parts,
    { type: 'finish', finishReason: finishOf(content), usage },
  ];
}

/** What a prompt says, message by message: `role: text`. */
export function told(prompt: Prompt | undefined): string[] {
  return (prompt ?? []).map(({ role, content }) => {
    const parts = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
    return `${role}: ${parts.map((part) => ('text' in part ? part.text : `<${part.type}>`)).join('')}`;
  });
}
