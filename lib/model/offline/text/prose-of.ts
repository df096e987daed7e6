/** What is between two of them is code; one that is not closed reaches to the end. */
const FENCE = /^[ \t]{0,20}(?:```|~~~).*$/m;
const LINK_OR_CODE = /!?\[([^[\]\n]{0,300})\]\([^()\n]{0,2000}\)|`([^`\n]*)`/g;
const ADDRESS_OR_TAG = /\bhttps?:\/\/\S+|<\/?[a-z][^<>\n]{0,300}>/gi;
/** Marks are dropped one by one: to look for the other of a pair would be to look at all that follows, for each. */
const EMPHASIS = /(?<![\p{L}\p{N}])(?:\*\*|__|~~)(?=\S)|(?<=\S)(?:\*\*|__|~~)(?![\p{L}\p{N}])/gu;
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
    .replace(LINK_OR_CODE, '$1$2')
    .replace(ADDRESS_OR_TAG, ' ')
    .replace(EMPHASIS, '')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c-\u201f\u00ab\u00bb]/g, '"')
    .replace(BROKEN_LINE, ' ')
    .split('\n')
    .filter((line) => !NOT_PROSE_LINE.test(line))
    .map((line) => line.replace(LIST_MARKER, '').replace(/\s+/g, ' ').trim())
    .filter((line) => /\p{L}/u.test(line));
}
