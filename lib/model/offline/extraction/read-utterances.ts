import type { ReadableMessage } from '../../readable/index.ts';
import type { Language } from '../text/language.ts';
import { pause } from '../text/pause.ts';
import { proseOf } from '../text/prose-of.ts';
import { speakerOf } from '../text/speaker-of.ts';
import { saidOn } from './calendar/said-on.ts';
import { isTask } from './is-task.ts';
import type { Utterance } from './utterance.ts';
import { writtenOut } from './written-out.ts';

/** Longer sentences are lists, logs and pasted text. */
const MAX_SENTENCE_LENGTH = 400;

/** What users and assistants say, sentence by sentence; pauses between paragraphs. */
export async function readUtterances(
  language: Language,
  messages: readonly ReadableMessage[],
  signal: AbortSignal,
): Promise<Utterance[]> {
  const utterances: Utterance[] = [];
  for (const [messageIndex, message] of messages.entries()) {
    if (message.kind !== 'text' || (message.role !== 'user' && message.role !== 'assistant')) continue;
    const context = {
      message,
      messageIndex,
      name: speakerOf(message),
      saidOn: saidOn(message),
      isTask: isTask(message.content),
    };
    for (const paragraph of ownWords(message)) {
      await pause(signal);
      for (const { text } of language.read(paragraph)) {
        if (text.length <= MAX_SENTENCE_LENGTH) utterances.push({ ...context, text: writtenOut(text) });
      }
    }
  }
  return utterances;
}

/** A user's paragraphs after one that ends with a colon are what the colon announces: pasted, not said. */
function ownWords({ role, content }: ReadableMessage): string[] {
  const paragraphs = proseOf(content);
  const announced = role === 'user' ? paragraphs.findIndex((paragraph) => paragraph.endsWith(':')) : -1;
  return announced === -1 ? paragraphs : paragraphs.slice(0, announced);
}
