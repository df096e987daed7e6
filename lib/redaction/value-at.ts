/** A value that a text gives to something, with where it is, in UTF-16 units; `end` excluded. */
export interface Value {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly isQuoted: boolean;
  /** Whether a sentence, a line or a clause ends here, so that the value is no adjective of what follows. */
  readonly isLast: boolean;
}

const OPENING = /\\?["'`]|[“”„«‘「『]/y;
const CLOSING: Readonly<Record<string, string>> = {
  '“': '”“',
  '”': '”',
  '„': '“”',
  '«': '»',
  '‘': '’',
  '「': '」',
  '『': '』',
};
/** Longer values are read to here; what is longer is found by its form. */
const MAX_LENGTH = 256;
const BARE = /[^\s"`“”„«»「」『』，。、；！？<>|]{1,256}/y;
/** Another setting of the same line, as in connection strings and addresses. */
const NEXT_SETTING = /[;&,][\w .-]{1,40}=/;
const OUTSIDE = /[.,;:…'’]$/;
const ENDS =
  /^(?:[ \t]*(?:$|[\r\n.,;:!?)\]}"'`|”»」』，。、；！？]|\\n)|[ \t]+(?:and|but|or|und|aber|oder|y|pero|et|mais|ou|e|ma|mas|en|maar|и|а|но|i|ale|och|og)\s)/u;

/** The value that begins at `start`: what stands in quotation marks there, or else all until a space. */
export function valueAt(text: string, start: number): Value | undefined {
  OPENING.lastIndex = start;
  const quote = OPENING.exec(text)?.[0];
  const inside = quote === undefined ? undefined : quotedAt(text, start + quote.length, quote);
  if (inside) return inside;
  BARE.lastIndex = start;
  const found = BARE.exec(text)?.[0];
  if (found === undefined) return undefined;
  const placeholder = found.indexOf('[redacted:');
  let bare = placeholder < 0 ? found : found.slice(0, placeholder);
  bare = bare.slice(0, NEXT_SETTING.exec(bare)?.index ?? bare.length);
  while (OUTSIDE.test(bare) || isUnpaired(bare)) bare = bare.slice(0, -1);
  const end = start + bare.length;
  return { text: bare, start, end, isQuoted: false, isLast: ENDS.test(text.slice(end, end + 12)) };
}

function quotedAt(text: string, start: number, quote: string): Value | undefined {
  const closing = CLOSING[quote] ?? quote.slice(-1);
  const isEscaped = quote.length > 1;
  for (let end = start; end < Math.min(text.length, start + MAX_LENGTH); end += 1) {
    const character = text.charAt(end);
    if (character === '\n') return undefined;
    if (isEscaped ? character === '\\' : closing.includes(character)) {
      return { text: text.slice(start, end), start, end, isQuoted: true, isLast: true };
    }
    if (character === '\\') end += 1;
  }
  return undefined;
}

/** A bracket that was opened before the value. */
function isUnpaired(text: string): boolean {
  return (
    (text.endsWith(')') && !text.includes('(')) ||
    (text.endsWith(']') && !text.includes('[')) ||
    (text.endsWith('}') && !text.includes('{'))
  );
}
