import fc from 'fast-check';
import type { ContentPart } from '../../lib/messages/index.ts';
import type { NewMessage } from '../../lib/session/index.ts';

interface Step {
  readonly text: string | undefined;
  readonly calls: readonly { readonly answered: boolean; readonly isError: boolean; readonly size: number }[];
  /** Each call a message of its own, as some frameworks have it; likewise the results. */
  readonly apart: boolean;
}

interface Turn {
  readonly said: string;
  readonly steps: readonly Step[];
  readonly answer: string | undefined;
}

const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });

const turns = (answered: fc.Arbitrary<boolean>) =>
  fc.array(
    fc.record<Turn>({
      said: words,
      steps: fc.array(
        fc.record<Step>({
          text: fc.option(words, { nil: undefined }),
          calls: fc.array(
            fc.record({ answered, isError: fc.boolean(), size: fc.constantFrom(5, 50, 3_000) }),
            { minLength: 1, maxLength: 3 },
          ),
          apart: fc.boolean(),
        }),
        { maxLength: 3 },
      ),
      answer: fc.option(words, { nil: undefined }),
    }),
    { minLength: 1, maxLength: 6 },
  );

/** Conversations with an agent, cut off anywhere; with `abandoned`, some calls are never answered. */
export function agentTranscripts({ abandoned }: { readonly abandoned: boolean }): fc.Arbitrary<NewMessage[]> {
  const answered = abandoned ? fc.boolean() : fc.constant(true);
  return fc.tuple(turns(answered), fc.nat()).map(([said, cut]) => {
    const messages = messagesOf(said);
    return messages.slice(0, 1 + (cut % messages.length));
  });
}

/** Messages in appends of one to four. */
export function inAppends(messages: readonly NewMessage[], sizes: readonly number[]): NewMessage[][] {
  const appends: NewMessage[][] = [];
  for (let from = 0; from < messages.length; ) {
    const size = sizes[appends.length % sizes.length] ?? 1;
    appends.push(messages.slice(from, from + size));
    from += size;
  }
  return appends;
}

function messagesOf(said: readonly Turn[]): NewMessage[] {
  let calls = 0;
  return said.flatMap((turn) => [
    { role: 'user' as const, content: turn.said },
    ...turn.steps.flatMap((step) => {
      const numbered = step.calls.map((call) => ({
        ...call,
        toolCallId: `call-${++calls}`,
        toolName: 'look',
      }));
      const callParts = numbered.map(
        ({ toolCallId, toolName, size }): ContentPart => ({
          type: 'tool-call',
          toolCallId,
          toolName,
          input: { size },
        }),
      );
      const results = numbered
        .filter((call) => call.answered)
        .map(({ toolCallId, toolName, isError, size }): ContentPart => {
          const output = 'an output '.repeat(size / 5);
          return { type: 'tool-result', toolCallId, toolName, output, ...(isError && { isError }) };
        });
      const text: ContentPart[] = step.text === undefined ? [] : [{ type: 'text', text: step.text }];
      return [
        ...inMessages('assistant', [...text, ...callParts], step),
        ...inMessages('tool', results, step),
      ];
    }),
    ...(turn.answer === undefined ? [] : [{ role: 'assistant' as const, content: turn.answer }]),
  ]);
}

function inMessages(role: NewMessage['role'], parts: readonly ContentPart[], { apart }: Step): NewMessage[] {
  if (parts.length === 0) return [];
  return apart ? parts.map((part) => ({ role, content: [part] })) : [{ role, content: parts }];
}
