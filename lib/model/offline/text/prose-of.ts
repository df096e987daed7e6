/** What is between two of them is code; one that is not closed reaches to the end. */
const FENCE = /^[ \t]{0,20}(?:```|~~~).*$/m;
const INLINE_CODE = /`([^`\n]*)`/g;
const IMAGE_OR_LINK = /!?\[([^[\]\n]{0,300})\]\([^()\n]{0,2000}\)/g;
const BARE_URL = /\bhttps?:\/\/\S+/g;
/** Marks are dropped one by one: to look for the other of a pair would be to look at all that follows, for each. */
const EMPHASIS = /(?<![\p{L}\p{N}])(?:\*\*|__|~~)(?=\S)|(?<=\S)(?:\*\*|__|~~)(?![\p{L}\p{N}])/gu;
const HTML_TAG = /<\/?[a-z][^<>\n]{0,300}>/gi;
/** Headings, tables and quoted lines are about something else than what the speaker says. */
const NOT_PROSE_LINE = /^\s*(?:#{1,6}\s|\||>|={3,}|-{3,}|\$ )/;
const LIST_MARKER = /^\s*(?:[-*+•]|\d{1,2}[.)])\s+(?:\[[ xX]\]\s+)?/;

/** A line of a mail that was broken to fit: long, without an end, and continued in small letters. */
const BROKEN_LINE = /\n(?=\p{Ll})(?<=[^\n]{50}[^\n.!?:]\n)/gu;

/** What a message says in words, by paragraph: without code, tables, headings, quoted lines and markup. */
export function proseOf(markdown: string): string[] {
  return markdown
    .replaceAll('\r', '')
    .split(FENCE)
    .filter((_, index) => index % 2 === 0)
    .join('\n')
    .replace(IMAGE_OR_LINK, '$1')
    .replace(BARE_URL, '')
    .replace(HTML_TAG, ' ')
    .replace(EMPHASIS, '')
    .replace(INLINE_CODE, '$1')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c-\u201f\u00ab\u00bb]/g, '"')
    .replace(BROKEN_LINE, ' ')
    .split('\n')
    .filter((line) => !NOT_PROSE_LINE.test(line))
    .map((line) => line.replace(LIST_MARKER, '').replace(/\s+/g, ' ').trim())
    .filter((line) => /\p{L}/u.test(line));
}
