import { isBase64, readDataUrl, toDataUrl } from '../base64.ts';
import type { ContentPart, FilePart, JsonObject, JsonValue } from '../content.ts';
import { describePart } from '../describe-part.ts';
import { inlined, isWebAddress } from '../inlined.ts';
import { kept, ownOf, unkept, withOwn } from '../own.ts';
import { isFilePart, isTextPart } from '../parts.ts';
import { sameJson } from '../same-json.ts';
import type { Guard } from '../shape.ts';
import {
  type AssistantBlock,
  isAssistantBlock,
  isTextBlock,
  isUserBlock,
  type TextBlock,
  type UserBlock,
} from './message.ts';

const PEER = 'openaiChat';

/** By the format that the API names; the API knows no others. */
const audioTypes: Readonly<Record<string, string>> = { wav: 'audio/wav', mp3: 'audio/mpeg' };

/** A block as a part: a text or a file where it is one that comes back the same, else as it came. */
export function readBlock(block: JsonValue): ContentPart {
  const part = isUserBlock(block) ? readKnown(block) : undefined;
  return part && sameJson(writeKnown(part), block) ? part : kept(PEER, block);
}

function readKnown(block: UserBlock): ContentPart | undefined {
  if (block.type === 'text') {
    const { type, text, ...own } = block;
    return { type, text, ...withOwn(PEER, own) };
  }
  const file = fileOf(block);
  return file && { type: 'file', ...file };
}

function fileOf(block: Exclude<UserBlock, TextBlock>): Omit<FilePart, 'type'> | undefined {
  switch (block.type) {
    case 'image_url': {
      const { type: _, image_url, ...marks } = block;
      const { url, ...own } = image_url;
      const data = readDataUrl(url);
      if (!data && url === '') return undefined;
      return { ...(data ?? { mediaType: 'image/*', url }), ...withOwn(PEER, { ...own, ...marks }) };
    }
    case 'input_audio': {
      const { type: _, input_audio, ...own } = block;
      const mediaType = audioTypes[input_audio.format];
      if (!mediaType || !isBase64(input_audio.data)) return undefined;
      return { mediaType, data: input_audio.data, ...withOwn(PEER, own) };
    }
    case 'file': {
      const { type: _, file, ...own } = block;
      const data = readDataUrl(file.file_data ?? '');
      if (!data) return undefined;
      return {
        ...data,
        ...(file.filename !== undefined && { name: file.filename }),
        ...withOwn(PEER, own),
      };
    }
  }
}

/** A part of what a user says as a block; a text about it, where the API has no such block. */
export function writeUserBlock(part: ContentPart): UserBlock {
  return writeBlock(part, isUserBlock);
}

/** A part of what an assistant says as a block; a text about it, where the API has no such block. */
export function writeAssistantBlock(part: ContentPart): AssistantBlock {
  return writeBlock(part, isAssistantBlock);
}

/** A part as a text, or a text about it. */
export function writeTextBlock(part: ContentPart): TextBlock {
  return writeBlock(part, isTextBlock);
}

function writeBlock<Block>(part: ContentPart, isBlock: Guard<Block>): Block | TextBlock {
  const block = isTextPart(part) || isFilePart(part) ? writeKnown(part) : unkept(PEER, part);
  return isBlock(block) ? block : { type: 'text', text: describePart(part) };
}

/** With what the part keeps for this peer, unless that has become something that the API does not know. */
function writeKnown(part: ContentPart): UserBlock | undefined {
  const own = ownOf(PEER, part);
  return [own, {}].map((fields) => writeWith(part, fields)).find(isUserBlock);
}

function writeWith(part: ContentPart, { detail, ...own }: JsonObject): unknown {
  if (isTextPart(part)) return { ...own, type: 'text', text: part.text };
  if (!isFilePart(part)) return undefined;
  const { mediaType, url, data, name } = inlined(part);
  if (data === undefined && !isWebAddress(url)) return undefined;
  if (mediaType.startsWith('image/')) {
    const image = { url: data === undefined ? url : toDataUrl(mediaType, data) };
    return { ...own, type: 'image_url', image_url: { ...image, ...(detail !== undefined && { detail }) } };
  }
  if (data === undefined) return undefined;
  const format = Object.keys(audioTypes).find((key) => audioTypes[key] === mediaType);
  if (format) return { ...own, type: 'input_audio', input_audio: { data, format } };
  const file = { file_data: toDataUrl(mediaType, data), ...(name !== undefined && { filename: name }) };
  return { ...own, type: 'file', file };
}
