import { readDataUrl } from './base64.ts';
import type { FilePart } from './content.ts';

/** The file, with its data taken out of its address if they are there. */
export function inlined(file: FilePart): FilePart {
  const found = file.url === undefined ? undefined : readDataUrl(file.url);
  if (!found) return file;
  const { url: _, ...rest } = file;
  const isVague = file.mediaType.endsWith('/*') || !file.mediaType.includes('/');
  return { ...rest, type: 'file', data: found.data, mediaType: isVague ? found.mediaType : file.mediaType };
}

/** Whether a provider could fetch it. */
export function isWebAddress(url: string | undefined): url is string {
  return url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url);
}
