import type { FilePart } from '../../messages/index.ts';
import { abridged } from '../../text/index.ts';

const MAX_NAME_LENGTH = 100;
const MAX_ADDRESS_LENGTH = 300;

const DATA_URI = /data:([\w.+/-]{0,100})(?:;[\w.+=-]{1,100}){0,5},[\w%+/.~!*-]{64,}={0,2}/g;
/** A run that no word, path or identifier of a conversation is as long as. */
const UNBROKEN_DATA = /[A-Za-z0-9+/_-]{256,}={0,2}/g;
/** Base64 as mails and keys have it (RFC 2045, RFC 7468): lines of 64 to 76 characters, the last one shorter. */
const LINES_OF_DATA = /(?:^[A-Za-z0-9+/]{60,76}\r?\n){3,}(?:^[A-Za-z0-9+/]{1,76}={0,2}$)?/gm;

/** A text with what is encoded in it, as base64 or in a data URI, replaced by placeholders such as `[image/png, 130 KB]`. */
export function withoutData(text: string): string {
  return text
    .replace(DATA_URI, (uri, mediaType: string) =>
      placeholder(mediaType || 'data', uri.length - uri.indexOf(',') - 1),
    )
    .replace(LINES_OF_DATA, (lines) => `${placeholder('base64', lines.length)}\n`)
    .replace(UNBROKEN_DATA, (run) => placeholder('base64', run.length));
}

/** A file as its name, media type, and size or address. */
export function fileInWords({ mediaType, url, data, name }: FilePart): string {
  const known = [...(name === undefined ? [] : [abridged(name, MAX_NAME_LENGTH)]), abridged(mediaType, 100)];
  if (data !== undefined) return placeholder(known.join(', '), data.length);
  if (url === undefined || url.startsWith('data:')) return placeholder(known.join(', '), url?.length ?? 0);
  return `[${known.join(', ')}, at ${abridged(url, MAX_ADDRESS_LENGTH)}]`;
}

function placeholder(what: string, base64Length: number): string {
  const bytes = Math.floor((base64Length * 3) / 4);
  return `[${what}, ${bytes < 1_000 ? `${bytes} B` : `${Math.round(bytes / 1_000)} KB`}]`;
}
