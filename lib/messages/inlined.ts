import { readDataUrl } from './base64.ts';
import type { FilePart } from './content.ts';
import type { Guard } from './shape.ts';

/** The file, with its data taken out of its address if they are there. */
export function inlined(file: FilePart): FilePart {
  const found = file.url === undefined ? undefined : readDataUrl(file.url);
  if (!found) return file;
  const { url: _, ...rest } = file;
  const isVague = file.mediaType.endsWith('/*') || !file.mediaType.includes('/');
  return { ...rest, type: 'file', data: found.data, mediaType: isVague ? found.mediaType : file.mediaType };
}

/** An address that a provider could fetch. */
export const isWebAddress: Guard<string> = (value): value is string =>
  typeof value === 'string' && /^https?:\/\//i.test(value) && isAddress(value);

/** An address that a provider could fetch, or that has the data in it. */
export const isWebOrData: Guard<string> = (value): value is string =>
  isWebAddress(value) || (typeof value === 'string' && readDataUrl(value) !== undefined);

/** `URL.canParse` is not everywhere yet. */
export function isAddress(text: string): boolean {
  try {
    return Boolean(new URL(text));
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
