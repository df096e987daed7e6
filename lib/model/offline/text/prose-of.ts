const FENCED_CODE = /^[ \t]*(```|~~~)[\s\S]*?(?:^[ \t]*\1[^\n]*$|(?![\s\S]))/gm;
const INLINE_CODE = /`([^`\n]*)`/g;
const IMAGE_OR_LINK = /!?\[([^[\]\n]{0,300})\]\([^()\n]{0,2000}\)/g;
const BARE_URL = /\bhttps?:\/\/\S+/g;
const EMPHASIS = /(\*\*|__|~~)(?=\S)([^\n]*?\S)\1/g;
const HTML_TAG = /<\/?[a-z][^<>\n]{0,300}>/gi;
const EMOJI = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u{fe0f}|\u{200d})+/gu;
/** Headings, tables and quoted lines are about something else than what the speaker says. */
const NOT_PROSE_LINE = /^\s*(?:#{1,6}\s|\||>|={3,}|-{3,}|\$ )/;
const LIST_MARKER = /^\s*(?:[-*+•]|\d{1,2}[.)])\s+(?:\[[ xX]\]\s+)?/;

/** Longer paragraphs are read in pieces of this many characters, so that no single step takes long. */
const MAX_PARAGRAPH_LENGTH = 2_000;

/** What a message says in words, by paragraph: without code, tables, headings, quoted lines, markup and emoji. */
export function proseOf(markdown: string): string[] {
  return markdown
    .replaceAll('\r', '')
    .replace(FENCED_CODE, '\n')
    .replace(IMAGE_OR_LINK, '$1')
    .replace(BARE_URL, '')
    .replace(HTML_TAG, ' ')
    .replace(EMPHASIS, '$2')
    .replace(INLINE_CODE, '$1')
    .replace(EMOJI, ' ')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .split('\n')
    .filter((line) => !NOT_PROSE_LINE.test(line))
    .map((line) => line.replace(LIST_MARKER, '').replace(/\s+/g, ' ').trim())
    .filter((line) => /\p{L}/u.test(line))
    .flatMap(pieces);
}

function pieces(paragraph: string): string[] {
  const found: string[] = [];
  let rest = paragraph;
  while (rest.length > MAX_PARAGRAPH_LENGTH) {
    const space = rest.lastIndexOf(' ', MAX_PARAGRAPH_LENGTH);
    const end = space > 0 ? space : MAX_PARAGRAPH_LENGTH;
    found.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return rest === '' ? found : [...found, rest];
}
