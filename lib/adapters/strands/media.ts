import {
  type ContentPart,
  type FilePart,
  isFilePart,
  type JsonObject,
  type JsonValue,
} from '../../messages/index.ts';
import { textField } from './json-fields.ts';

type Kind = 'image' | 'document' | 'video' | 'audio';

const documentTypes: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  csv: 'text/csv',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  html: 'text/html',
  txt: 'text/plain',
  md: 'text/markdown',
  json: 'application/json',
  xml: 'application/xml',
};
const imageTypes: Readonly<Record<string, string>> = { jpg: 'image/jpeg' };

/** A file with its bytes, or at an address; undefined for one that is elsewhere, or whose form is not known. */
export function readMedia(kind: Kind, media: JsonObject): FilePart | undefined {
  const format = textField(media, 'format');
  const { source } = media;
  const [data, url] = [textField(source, 'bytes'), textField(source, 'url')];
  const mediaType = format === undefined ? undefined : mediaTypeOf(kind, format);
  if (mediaType === undefined || !(data || url)) return undefined;
  const name = textField(media, 'name');
  return {
    type: 'file',
    mediaType,
    ...(data ? { data } : { url: url ?? '' }),
    ...(name !== undefined && { name }),
  };
}

function mediaTypeOf(kind: Kind, format: string): string | undefined {
  return kind === 'document' ? documentTypes[format] : (imageTypes[format] ?? `${kind}/${format}`);
}

/** A file that somebody else stored as a block that models take; undefined where there is none. */
export function writeMedia(part: ContentPart): JsonObject | undefined {
  if (!isFilePart(part)) return undefined;
  const { mediaType, data, url, name } = part;
  const [kind, format] = mediaType.split('/', 2);
  const source: JsonValue = data === undefined ? { url: url ?? '' } : { bytes: data };
  if (kind === 'image' && format && format !== '*') return { image: { format, source } };
  const [document] = Object.entries(documentTypes).find(([, type]) => type === mediaType) ?? [];
  if (document === undefined || data === undefined) return undefined;
  return { document: { name: name ?? 'document', format: document, source } };
}
