import { type BaseModelConfig, type Message, Model, type ModelStreamEvent } from '@strands-agents/sdk';

/** What a model says: a text, or a call of a tool, after a thought. */
export type Reply =
  | {
      readonly text: string /** What a guardrail puts in the place of the user's words. */;
      readonly redacted?: string;
    }
  | { readonly thought: string; readonly tool: string; readonly id: string; readonly input: object };

/** A model that says what is in its script, and remembers what it was sent. */
export class ScriptedModel extends Model {
  readonly sent: Message[][] = [];
  readonly #replies: Reply[];

  constructor(replies: readonly Reply[]) {
    super();
    this.#replies = [...replies];
  }

  override updateConfig(): void {
    throw new Error('nothing is configured here');
  }

  override getConfig(): BaseModelConfig {
    return { modelId: 'scripted' };
  }

  override async *stream(messages: Message[]): AsyncGenerator<ModelStreamEvent> {
    this.sent.push(messages.map((message) => message.clone()));
    const reply = this.#replies.shift() ?? { text: 'There is nothing left in the script.' };
    yield { type: 'modelMessageStartEvent', role: 'assistant' };
    if ('text' in reply) {
      yield* block({ type: 'textDelta', text: reply.text });
      yield { type: 'modelMessageStopEvent', stopReason: 'endTurn' };
      if (reply.redacted === undefined) return;
      yield { type: 'modelRedactionEvent', inputRedaction: { replaceContent: reply.redacted } };
      return;
    }
    yield* block({ type: 'reasoningContentDelta', text: reply.thought, signature: 'signed' });
    const { tool: name, id: toolUseId, input } = reply;
    const start = { type: 'toolUseStart', name, toolUseId } as const;
    yield* block({ type: 'toolUseInputDelta', input: JSON.stringify(input) }, start);
    yield { type: 'modelMessageStopEvent', stopReason: 'toolUse' };
  }
}

type EventOf<Type extends ModelStreamEvent['type']> = Extract<ModelStreamEvent, { type: Type }>;

function* block(
  delta: EventOf<'modelContentBlockDeltaEvent'>['delta'],
  start?: EventOf<'modelContentBlockStartEvent'>['start'],
): Generator<ModelStreamEvent> {
  yield { type: 'modelContentBlockStartEvent', ...(start && { start }) };
  yield { type: 'modelContentBlockDeltaEvent', delta };
  yield { type: 'modelContentBlockStopEvent' };
}
