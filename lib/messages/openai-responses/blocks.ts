import { readDataUrl, toDataUrl } from '../base64.ts';
import type { ContentPart, FilePart, JsonObject, JsonValue } from '../content.ts';
import { describePart } from '../describe-part.ts';
import { inlined, isWebAddress } from '../inlined.ts';
import { kept, ownOf, unkept, withOwn } from '../own.ts';
import { isFilePart, isTextPart } from '../parts.ts';
import { sameJson } from '../same-json.ts';
import type { Guard } from '../shape.ts';
import { type InputBlock, isInputBlock, isResultBlock, type ResultBlock } from './item.ts';

const PEER = 'openaiResponses';

/** A block of what a user says as a part: a text or a file where it is one that comes back the same, else as it came. */
export function readInputBlock(block: JsonValue): ContentPart {
  return readBlock(block, isInputBlock, writeInputBlock);
}

/** Likewise, of what a tool returned. */
export function readResultBlock(block: JsonValue): ContentPart {
  return readBlock(block, isResultBlock, writeResultBlock);
}

function readBlock(
  block: JsonValue,
  isBlock: Guard<ResultBlock>,
  write: (part: ContentPart) => unknown,
): ContentPart {
  const part = isBlock(block) ? readKnown(block) : undefined;
  return part && sameJson(write(part), block) ? part : kept(PEER, block);
}

function readKnown(block: ResultBlock): ContentPart | undefined {
  switch (block.type) {
    case 'input_text': {
      const { type: _, text, ...own } = block;
      return { type: 'text', text, ...withOwn(PEER, own) };
    }
    case 'input_image': {
      const { type: _, image_url: url, ...own } = block;
      const place = placeOf(url, 'image/*');
      return place && { type: 'file', ...place, ...withOwn(PEER, own) };
    }
    case 'input_file': {
      const { type: _, file_data, file_url, filename, ...own } = block;
      const place = readDataUrl(file_data ?? '') ?? placeOf(file_url, guessType(file_url, filename));
      if (!place) return undefined;
      const name = typeof filename === 'string' ? { name: filename } : {};
      return { type: 'file', ...place, ...name, ...withOwn(PEER, { ...own, isFile: true }) };
    }
  }
}

type Place = { readonly mediaType: string; readonly url?: string; readonly data?: string };

function placeOf(url: string | null | undefined, mediaType: string): Place | undefined {
  return url ? (readDataUrl(url) ?? { mediaType, url }) : undefined;
}

function guessType(url: string | null | undefined, name: string | null | undefined): string {
  const isPdf = [url, name].some((one) => one?.toLowerCase().endsWith('.pdf'));
  return isPdf ? 'application/pdf' : 'application/octet-stream';
}

/** A part as a block of what a user says; a text about it, where the API has no such block. */
export function writeInputBlock(part: ContentPart): InputBlock {
  return writeBlock(part, isInputBlock, { detail: 'auto' });
}

/** Likewise, of what a tool returned. */
export function writeResultBlock(part: ContentPart): ResultBlock {
  return writeBlock(part, isResultBlock, {});
}

type Text = { type: 'input_text'; text: string };

/** With what the part keeps for this peer, unless that has become something that the API does not know. */
function writeBlock<Block>(part: ContentPart, isBlock: Guard<Block>, image: object): Block | Text {
  const isKnown = isTextPart(part) || isFilePart(part);
  const candidates = isKnown
    ? [ownOf(PEER, part), {}].map((own) => writeWith(part, own, image))
    : [unkept(PEER, part)];
  return candidates.find(isBlock) ?? { type: 'input_text', text: describePart(part) };
}

function writeWith(part: ContentPart, { isFile, ...own }: JsonObject, image: object): unknown {
  if (isTextPart(part)) return { ...own, type: 'input_text', text: part.text };
  return isFilePart(part) ? writeFile(inlined(part), own, { image, isFile: isFile === true }) : undefined;
}

function writeFile(
  { mediaType, url, data, name }: FilePart,
  own: JsonObject,
  { image, isFile }: { readonly image: object; readonly isFile: boolean },
): unknown {
  if (data === undefined && !isWebAddress(url)) return undefined;
  const address = data === undefined ? url : toDataUrl(mediaType, data);
  if (mediaType.startsWith('image/') && !isFile) {
    return { ...image, ...own, type: 'input_image', image_url: address };
  }
  const filename = name === undefined ? {} : { filename: name };
  return {
    ...own,
    type: 'input_file',
    ...filename,
    ...(data === undefined ? { file_url: url } : { file_data: address }),
  };
}
