import { fromBase64, isBase64, toBase64 } from '../base64.ts';
import type { ContentPart, FilePart, JsonObject } from '../content.ts';
import { inlined, isWebAddress } from '../inlined.ts';
import { withOwn } from '../own.ts';
import { isFilePart } from '../parts.ts';
import { type Block, isImageType } from './message.ts';

const PDF = 'application/pdf';

/** An image or a document as a file; `undefined` if it is elsewhere, such as at the provider. */
export function readFile(block: Extract<Block, { type: 'image' | 'document' }>): FilePart | undefined {
  const { type, source, ...fields } = block;
  const { title, ...own } = fields as JsonObject;
  const place = readSource(type, source);
  if (!place) return undefined;
  const name = typeof title === 'string' ? { name: title } : {};
  const kept = withOwn('anthropic', { ...own, ...(title === null && { title }) });
  return { type: 'file', ...place, ...name, ...kept };
}

type Source = Extract<Block, { type: 'image' | 'document' }>['source'];

interface Place {
  readonly mediaType: string;
  readonly url?: string;
  readonly data?: string;
}

function readSource(type: 'image' | 'document', source: Source): Place | undefined {
  switch (source.type) {
    case 'base64':
      return isBase64(source.data) ? { mediaType: source.media_type, data: source.data } : undefined;
    case 'url':
      return source.url === ''
        ? undefined
        : { mediaType: type === 'image' ? 'image/*' : PDF, url: source.url };
    case 'text':
      return source.data === ''
        ? undefined
        : { mediaType: source.media_type, data: toBase64(new TextEncoder().encode(source.data)) };
    default:
      return undefined;
  }
}

/** A file as a block of an image or a document; `undefined` where the API does not take the type. */
export function writeFile(part: ContentPart, own: JsonObject): unknown {
  if (!isFilePart(part)) return undefined;
  const { mediaType, url, data, name } = inlined(part);
  const title = name !== undefined && { title: name };
  if (data === undefined) {
    if (!isWebAddress(url)) return undefined;
    if (mediaType.startsWith('image/')) return { ...own, type: 'image', source: { type: 'url', url } };
    return mediaType === PDF
      ? { ...own, ...title, type: 'document', source: { type: 'url', url } }
      : undefined;
  }
  if (isImageType(mediaType)) {
    return { ...own, type: 'image', source: { type: 'base64', media_type: mediaType, data } };
  }
  const source = writeDocument(mediaType, data);
  return source && { ...own, ...title, type: 'document', source };
}

function writeDocument(mediaType: string, data: string): JsonObject | undefined {
  if (mediaType === PDF) return { type: 'base64', media_type: PDF, data };
  if (!mediaType.startsWith('text/')) return undefined;
  const text = decode(data);
  return text === undefined ? undefined : { type: 'text', media_type: 'text/plain', data: text };
}

/** `undefined` if it is not UTF-8. */
function decode(data: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(fromBase64(data));
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
