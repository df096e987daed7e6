import type { AnswerPart } from './answer-of.ts';
import type { ModelStream } from './middleware-options.ts';

export type StreamPart = ModelStream extends ReadableStream<infer Part> ? Part : never;

type Growing = Extract<AnswerPart, { type: 'text' | 'reasoning' }>;

type Delta = { readonly id: string } & Pick<Growing, 'providerMetadata'>;

/** Puts an answer together of the parts of its stream. */
export function collectAnswer() {
  const content: AnswerPart[] = [];
  const growing = new Map<string, Growing>();
  let isFinished = false;

  function grow(kind: Growing['type'], { id, providerMetadata }: Delta, delta = ''): void {
    const key = `${kind} ${id}`;
    const found = growing.get(key);
    const now: Growing = found ?? { type: kind, text: '' };
    if (!found) {
      growing.set(key, now);
      content.push(now);
    }
    now.text += delta;
    if (providerMetadata) now.providerMetadata = providerMetadata;
  }

  return {
    content: content as readonly AnswerPart[],
    /** Whether the model said that it has come to an end. */
    get isFinished() {
      return isFinished;
    },
    add(part: StreamPart): void {
      switch (part.type) {
        case 'text-start':
        case 'text-end':
          grow('text', part);
          return;
        case 'text-delta':
          grow('text', part, part.delta);
          return;
        case 'reasoning-start':
        case 'reasoning-end':
          grow('reasoning', part);
          return;
        case 'reasoning-delta':
          grow('reasoning', part, part.delta);
          return;
        case 'tool-call':
        case 'tool-result':
        case 'tool-approval-request':
        case 'file':
        case 'reasoning-file':
        case 'custom':
        case 'source':
          content.push(part);
          return;
        case 'finish':
          isFinished = part.finishReason.unified !== 'error';
      }
    },
  };
}
