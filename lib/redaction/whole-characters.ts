import type { FoundSecret } from './secret-kinds.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** In UTF-16 units; no character of a language is as long. */
const AROUND = 64;

/** The secret with the whole of its first and last characters, as people see them: no mark of one is left behind. */
export function wholeCharacters(text: string, { kind, start, end }: FoundSecret): FoundSecret {
  return {
    kind,
    start: start === 0 ? 0 : around(text, start).start,
    end: end === text.length ? end : around(text, end - 1).end,
  };
}

/** Where the character that a unit belongs to begins and ends. */
function around(text: string, index: number): { readonly start: number; readonly end: number } {
  const from = Math.max(0, index - AROUND);
  const segment = segmenter.segment(text.slice(from, index + AROUND)).containing(index - from);
  const start = from + (segment?.index ?? index - from);
  return { start, end: start + (segment?.segment.length ?? 1) };
}
