import { trimmedEnd } from '../../../text/index.ts';
import type { Candidate } from './read-candidates.ts';

/** Sentences with their speaker; those of one speaker that follow one another share it. */
export function turnsOf(picked: readonly Candidate[]): string[] {
  const turns: { speaker: string; texts: string[] }[] = [];
  for (const { speaker, text } of picked) {
    const current = turns.at(-1);
    if (current?.speaker === speaker) current.texts.push(closed(text));
    else turns.push({ speaker, texts: [closed(text)] });
  }
  return turns.map(({ speaker, texts }) => `${speaker}: ${texts.join(' ')}`);
}

/** With a full stop, unless it has an end; scripts without capitals have other marks, or none. */
function closed(text: string): string {
  if (/(?:[.!?…。！？؟।]["')\]」]?|\p{Lo}\p{M}*)$/u.test(text)) return text;
  return `${trimmedEnd(text, /[,;:\s]/)}.`;
}
