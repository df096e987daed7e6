import { isBase64, readDataUrl, toDataUrl } from '../base64.ts';
import type { ContentPart, FilePart, JsonObject, JsonValue } from '../content.ts';
import { describePart } from '../describe-part.ts';
import { isWebAddress } from '../inlined.ts';
import { ownOf, withOwn } from '../own.ts';
import { isFilePart, isReasoningPart, isTextPart } from '../parts.ts';
import { sameJson } from '../same-json.ts';
import { isObject, text } from '../shape.ts';
import { PEER } from './fields.ts';

/** What is read as a thought, and the field that holds it. */
const thoughtFields: Readonly<Record<string, string>> = { reasoning: 'reasoning', thinking: 'thinking' };

/** Blocks with the data or the address of a file, in the words of LangChain's standard blocks. */
const fileTypes = ['audio', 'file', 'image', 'video'];

/** A block as a part: a text, a thought or a file where that comes back the same, else as it came. */
export function readBlock(block: JsonValue): ContentPart {
  const part = isObject(block) ? readKnown(block as JsonObject) : undefined;
  return part && sameJson(writeBlock(part), block) ? part : { type: PEER, value: block };
}

function readKnown({ type, ...rest }: JsonObject): ContentPart | undefined {
  if (type === 'text') {
    const { text: said, ...own } = rest;
    return text(said) ? { type: 'text', text: said, ...withOwn(PEER, own) } : undefined;
  }
  if (type === 'image_url') return readImage(rest);
  if (!text(type)) return undefined;
  if (fileTypes.includes(type)) return readFile(type, rest);
  const field = Object.hasOwn(thoughtFields, type) ? thoughtFields[type] : undefined;
  if (field === undefined) return undefined;
  const { [field]: thought, ...own } = rest;
  if (!text(thought)) return undefined;
  return {
    type: 'reasoning',
    text: thought,
    ...withOwn(PEER, type === 'reasoning' ? own : { ...own, type }),
  };
}

function readImage({ image_url: image, ...own }: JsonObject): ContentPart | undefined {
  const isText = text(image);
  const { url, ...inside } = isObject(image) ? (image as JsonObject) : { url: image };
  if (!text(url) || url === '') return undefined;
  const place = readDataUrl(url) ?? { mediaType: 'image/*', url };
  return {
    type: 'file',
    ...place,
    ...withOwn(PEER, { ...own, type: 'image_url', ...(isText ? { isText } : { inside }) }),
  };
}

function readFile(type: string, { url, data, ...rest }: JsonObject): ContentPart | undefined {
  const place = placeOf(url, data);
  if (!place) return undefined;
  const field = ['mimeType', 'mime_type'].find((name) => text(rest[name]) && rest[name] !== '') ?? 'none';
  const { [field]: mediaType = `${type === 'file' ? 'application' : type}/*`, ...own } = rest;
  return {
    type: 'file',
    mediaType: String(mediaType),
    ...place,
    ...withOwn(PEER, { ...own, type, in: field }),
  };
}

function placeOf(url: JsonValue | undefined, data: JsonValue | undefined) {
  if (text(data) && isBase64(data) && url === undefined) return { data };
  return text(url) && url !== '' && data === undefined ? { url } : undefined;
}

/** A part as a block; a text about it, where there is no such block. */
export function writeBlock(part: ContentPart): JsonValue {
  if (part.type === PEER && part['value'] !== undefined) return part['value'];
  const own = ownOf(PEER, part);
  if (isTextPart(part)) return { ...own, type: 'text', text: part.text };
  if (isReasoningPart(part)) {
    const type = text(own['type']) && Object.hasOwn(thoughtFields, own['type']) ? own['type'] : 'reasoning';
    return { ...own, type, [thoughtFields[type] ?? type]: part.text };
  }
  return (isFilePart(part) ? writeFile(part, own) : undefined) ?? { type: 'text', text: describePart(part) };
}

function writeFile(part: FilePart, own: JsonObject): JsonObject | undefined {
  const { mediaType, url, data, name } = part;
  const {
    type,
    isText,
    inside,
    in: field,
    ...rest
  } = own['type'] === undefined ? { ...own, ...usualForm(part) } : own;
  const address = data === undefined ? url : toDataUrl(mediaType, data);
  if (address === undefined) return undefined;
  if (type === 'image_url') {
    return {
      ...rest,
      type,
      image_url: isText === true ? address : { ...(inside as JsonObject), url: address },
    };
  }
  if (own['type'] === undefined && data === undefined && !isWebAddress(url)) return undefined;
  const place = data === undefined ? { url } : { data };
  const media = text(field) && field !== 'none' ? { [field]: mediaType } : {};
  const named = name === undefined ? {} : { metadata: { filename: name } };
  return { ...named, ...rest, type: type ?? 'file', ...media, ...place };
}

/** How a file is said that came from elsewhere. */
function usualForm({ mediaType, url, data }: FilePart): JsonObject {
  const isImage = mediaType.startsWith('image/') && (data !== undefined || isWebAddress(url));
  return isImage ? { type: 'image_url', inside: {} } : { type: 'file', in: 'mimeType' };
}
