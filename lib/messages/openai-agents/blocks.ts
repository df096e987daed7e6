import { isBase64, readDataUrl, toDataUrl } from '../base64.ts';
import type { ContentPart, FilePart, JsonObject, JsonValue } from '../content.ts';
import { describePart } from '../describe-part.ts';
import { isWebAddress } from '../inlined.ts';
import { ownOf, withOwn } from '../own.ts';
import { isFilePart, isTextPart } from '../parts.ts';
import { sameJson } from '../same-json.ts';
import { isObject, text } from '../shape.ts';
import { PEER } from './item.ts';

/** Who says a block: the kinds of texts differ, and so do the files that may be among them. */
export type BlockSpeaker = 'assistant' | 'tool' | 'user';

const textTypes = { assistant: 'output_text', tool: 'input_text', user: 'input_text' } as const;

/** What is read as a text, and the field that holds it. */
const textFields: Readonly<Record<string, string>> = {
  input_text: 'text',
  output_text: 'text',
  refusal: 'refusal',
  text: 'text',
};

/** What is read as a file, and the field that says where it is. */
const fileFields: Readonly<Record<string, string>> = {
  file: 'file',
  image: 'image',
  input_file: 'file',
  input_image: 'image',
};

/** A block as a part: a text or a file where that comes back the same, else as it came. */
export function readBlock(block: JsonObject, speaker: BlockSpeaker): ContentPart {
  const part = readText(block, speaker) ?? readFile(block);
  return part && sameJson(writeBlock(part, speaker), block) ? part : { type: PEER, value: block };
}

function readText({ type, ...rest }: JsonObject, speaker: BlockSpeaker): ContentPart | undefined {
  const field = textFields[String(type)];
  if (field === undefined) return undefined;
  const { [field]: said, ...own } = rest;
  if (!text(said)) return undefined;
  return { type: 'text', text: said, ...withOwn(PEER, type === textTypes[speaker] ? own : { ...own, type }) };
}

function readFile({ type, ...rest }: JsonObject): ContentPart | undefined {
  const field = fileFields[String(type)];
  if (field === undefined) return undefined;
  const { [field]: found, filename, ...own } = rest;
  const name = filename ?? (isObject(found) ? found['filename'] : undefined);
  const place = placeOf(found, field === 'image' ? 'image/*' : 'application/octet-stream');
  if (!place) return undefined;
  return {
    type: 'file',
    ...place.file,
    ...(text(name) && { name }),
    ...withOwn(PEER, { ...own, type, ...place.own }),
  };
}

interface Place {
  readonly file: Omit<FilePart, 'type'>;
  /** In which form it came. */
  readonly own: JsonObject;
}

/** Where a file is: at an address, which may have its data, or in an object that has the address or the data. */
function placeOf(found: JsonValue | undefined, mediaType: string): Place | undefined {
  if (text(found)) {
    const inline = readDataUrl(found);
    const file = inline ?? (isWebAddress(found) ? { mediaType, url: found } : undefined);
    return file && { file, own: { in: 'text' } };
  }
  if (!isObject(found)) return undefined;
  const { url, data, mediaType: type } = found;
  const isNamed = found['filename'] !== undefined;
  if (isWebAddress(url)) return { file: { mediaType, url }, own: { in: 'url', isNamed } };
  if (!text(data) || !text(type) || !type) return undefined;
  const inline = readDataUrl(data);
  if (inline?.mediaType === type) return { file: inline, own: { in: 'data-url', isNamed } };
  return isBase64(data) ? { file: { mediaType: type, data }, own: { in: 'data', isNamed } } : undefined;
}

/** A part as a block; a text about it, where there is no such block. */
export function writeBlock(part: ContentPart, speaker: BlockSpeaker): JsonObject {
  const said = (words: string) => ({ type: textTypes[speaker], text: words });
  if (part.type === PEER && isObject(part['value'])) return part['value'] as JsonObject;
  if (isTextPart(part)) {
    const { type, ...own } = ownOf(PEER, part);
    const field = textFields[String(type)];
    return field === undefined ? { ...own, ...said(part.text) } : { ...own, type, [field]: part.text };
  }
  return (isFilePart(part) ? writeFile(part, speaker) : undefined) ?? said(describePart(part));
}

function writeFile(part: FilePart, speaker: BlockSpeaker): JsonObject | undefined {
  const { mediaType, url, data, name } = part;
  const address = data === undefined ? url : toDataUrl(mediaType, data);
  const own = ownOf(PEER, part);
  if (address === undefined || (own['type'] === undefined && speaker === 'assistant')) return undefined;
  if (data === undefined && !isWebAddress(address)) return undefined;
  const {
    type,
    in: form,
    isNamed,
    ...rest
  } = own['type'] === undefined ? { ...own, ...usualForm(part) } : own;
  const field = fileFields[String(type)];
  if (field === undefined) return undefined;
  const filename = name === undefined ? {} : { filename: name };
  const inside = isNamed === true ? filename : {};
  const beside = isNamed === true ? {} : filename;
  const objects: Readonly<Record<string, JsonObject>> = {
    url: { url: address, ...inside },
    data: { data, mediaType, ...inside },
    'data-url': { data: address, mediaType, ...inside },
  };
  return { ...rest, type, [field]: objects[String(form)] ?? address, ...beside };
}

/** How a file is said that came from elsewhere. */
function usualForm({ mediaType, data }: FilePart): JsonObject {
  if (mediaType.startsWith('image/')) return { type: 'input_image', in: 'text' };
  return { type: 'input_file', in: data === undefined ? 'url' : 'text' };
}
