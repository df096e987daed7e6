import { fromBase64, isBase64, toBase64 } from '../base64.ts';
import type { ContentPart, JsonObject } from '../content.ts';
import { isAddress } from '../inlined.ts';
import { ownOf, withOwn } from '../own.ts';
import { isFilePart } from '../parts.ts';
import { isFetchable, isPlainObject } from './message.ts';

const PEER = 'aiSdk';

/** Where a file is, and what the canonical form does not tell of how that was said. */
interface Place {
  readonly url?: string;
  readonly data?: string;
  readonly own: JsonObject;
}

type Unread = { readonly [field: string]: unknown };

/**
 * A part with a file as one of the canonical form, `file` or, with the same fields, `reasoning-file`; `undefined` if
 * the file is elsewhere, such as at the provider.
 */
export function readFile(part: Unread): ContentPart | undefined {
  const { type, image, data, url, filename, mediaType, providerOptions } = part;
  const place = readPlace(type === 'image' ? image : typeof url === 'string' ? { url } : data);
  if (!place || mediaType === '') return undefined;
  const { own, ...where } = place;
  const isOurs = type === 'file' || type === 'reasoning-file';
  const guessed = type === 'file-url' ? 'application/octet-stream' : 'image/*';
  return {
    type: type === 'reasoning-file' ? type : 'file',
    mediaType: typeof mediaType === 'string' ? mediaType : guessed,
    ...where,
    ...(typeof filename === 'string' && { name: filename }),
    ...(providerOptions !== undefined && { providerOptions: providerOptions as JsonObject }),
    ...withOwn(PEER, {
      ...(isOurs ? {} : { type: type as string }),
      ...(mediaType === undefined && { isTypeGuessed: true }),
      ...(isPlainObject(data) || typeof url === 'string' ? own : { ...own, isBare: true }),
    }),
  };
}

function readPlace(source: unknown): Place | undefined {
  if (typeof source === 'string') {
    if (isBase64(source)) return { data: source, own: {} };
    return isAddress(source) ? { url: source, own: { as: 'text' } } : undefined;
  }
  if (source instanceof URL) return { url: source.href, own: {} };
  if (source instanceof Uint8Array) return readBytes(source, 'bytes');
  if (source instanceof ArrayBuffer) return readBytes(new Uint8Array(source), 'buffer');
  if (!isPlainObject(source)) return undefined;
  if (source['type'] === 'data') return isPlainObject(source['data']) ? undefined : readPlace(source['data']);
  if (source['type'] === 'text') {
    return typeof source['text'] === 'string'
      ? readBytes(new TextEncoder().encode(source['text']), 'text')
      : undefined;
  }
  const { url } = source;
  if (typeof url === 'string') return url === '' ? undefined : { url, own: {} };
  return source['type'] === 'url' && url instanceof URL ? { url: url.href, own: {} } : undefined;
}

function readBytes(bytes: Uint8Array, as: string): Place | undefined {
  return bytes.length === 0 ? undefined : { data: toBase64(bytes), own: { as } };
}

/** The part that `readFile` read, or one of type `file`; the reader looks whether it is one that the SDK takes. */
export function writeFile(part: ContentPart, own: JsonObject = ownOf(PEER, part)): unknown {
  const { type, isTypeGuessed, isBare, as } = own;
  const { mediaType, url, data, name, providerOptions } = part as JsonObject;
  const place = writePlace({ url, data, as, isBare: isBare === true || type === 'image' });
  const base = {
    type: typeof type === 'string' ? type : part.type,
    ...(isTypeGuessed === true ? {} : { mediaType }),
    ...(name !== undefined && { filename: name }),
    ...(providerOptions !== undefined && { providerOptions }),
  };
  switch (type) {
    case 'image':
      return { ...base, image: place };
    case 'file-url':
    case 'image-url':
      return { ...base, url };
    case 'file-data':
    case 'image-data':
      return { ...base, data };
    default:
      return isFilePart(part) || part.type === 'reasoning-file' ? { ...base, data: place } : undefined;
  }
}

function writePlace({
  url,
  data,
  as,
  isBare,
}: {
  readonly url: unknown;
  readonly data: unknown;
  readonly as: unknown;
  readonly isBare: boolean;
}): unknown {
  if (url !== undefined) {
    if (!isFetchable(url)) return undefined;
    // As data, an address is taken for base64, and refused.
    if (isBare && as === 'text') return url;
    return isBare ? new URL(url) : { type: 'url', url: new URL(url) };
  }
  if (typeof data !== 'string' || !isBase64(data)) return undefined;
  if (as === 'text' && !isBare)
    return { type: 'text', text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(fromBase64(data)) };
  const inline = as === 'bytes' ? fromBase64(data) : as === 'buffer' ? fromBase64(data).buffer : data;
  return isBare ? inline : { type: 'data', data: inline };
}
