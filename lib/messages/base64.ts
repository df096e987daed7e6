/** In one call, as many arguments as every engine takes. */
const CHUNK_BYTES = 8_192;

/** Whether a text is base64 of at least a byte, in the usual alphabet and padded. */
export function isBase64(text: string): boolean {
  return text.length > 0 && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
}

export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK_BYTES));
  }
  return btoa(binary);
}

/** @param base64 as `isBase64` has it. */
export function fromBase64(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64);
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** How many bytes base64 stands for. */
export function base64Bytes(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return Math.max(0, Math.floor((base64.length * 3) / 4) - padding);
}

const BASE64 = ';base64,';

/** What a `data:` address in base64 holds; `undefined` for any other address. */
export function readDataUrl(url: string): { readonly mediaType: string; readonly data: string } | undefined {
  const at = url.indexOf(BASE64);
  if (!url.startsWith('data:') || at < 0) return undefined;
  const mediaType = url.slice('data:'.length, at);
  const data = url.slice(at + BASE64.length);
  return mediaType && !mediaType.includes(',') && isBase64(data) ? { mediaType, data } : undefined;
}

export function toDataUrl(mediaType: string, data: string): string {
  return `data:${mediaType}${BASE64}${data}`;
}
