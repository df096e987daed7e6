import type { AnswerPart } from './answer-of.ts';
import { collectAnswer, type StreamPart } from './collect-answer.ts';
import type { ModelStream } from './middleware-options.ts';

/**
 * The same stream; once its answer has ended, however it did (finished, failed, aborted, left by its reader), `keep` is
 * called with it, once, and the stream ends no sooner than that has. Where `keep` fails, the stream has an error before
 * its end.
 *
 * @param signal of the call: a provider need not end its stream when it aborts.
 */
export function keptStream(
  source: ModelStream,
  keep: (content: readonly AnswerPart[], isInterrupted: boolean) => Promise<void>,
  signal: AbortSignal | undefined,
): ModelStream {
  const reader = source.getReader();
  const answer = collectAnswer();
  let keeping: Promise<void> | undefined;
  let isTold = false;
  const keepOnce = () => {
    keeping ??= keep(answer.content, !answer.isFinished);
    return keeping;
  };
  // That the call failed, its caller is told anyway; of what could not be kept then, `keep` has to tell by itself.
  const keepQuietly = () => keepOnce().catch(() => undefined);
  const onAbort = () => void keepQuietly();
  const stopListening = () => signal?.removeEventListener('abort', onAbort);
  if (signal?.aborted) onAbort();
  else signal?.addEventListener('abort', onAbort, { once: true });

  return new ReadableStream<StreamPart>(
    {
      async pull(controller) {
        let next: Awaited<ReturnType<typeof reader.read>>;
        try {
          next = await reader.read();
        } catch (error) {
          stopListening();
          await keepQuietly();
          controller.error(error);
          return;
        }
        if (next.done) {
          stopListening();
          await keepOrTell(controller);
          controller.close();
          return;
        }
        if (!keeping) answer.add(next.value);
        if (next.value.type === 'finish') await keepOrTell(controller);
        controller.enqueue(next.value);
      },
      async cancel(reason) {
        stopListening();
        await reader.cancel(reason);
        await keepOnce();
      },
    },
    { highWaterMark: 0 },
  );

  async function keepOrTell(controller: ReadableStreamDefaultController<StreamPart>): Promise<void> {
    try {
      await keepOnce();
    } catch (error) {
      if (isTold) return;
      isTold = true;
      controller.enqueue({ type: 'error', error });
    }
  }
}
