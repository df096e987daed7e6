/**
 * The text that bytes are in UTF-8, without a byte order mark; undefined when they are not UTF-8: an encoding of
 * another kind, a sequence that is cut off or too long, a lone surrogate (CESU-8).
 */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
