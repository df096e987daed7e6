/** A page ends early here: items may have 64 KiB each, and a function's answer 6 MB. */
const MAX_PAGE_BYTES = 3_000_000;

/** How many of the first items an answer has room for. */
export function countFitting(items: readonly object[]): number {
  let bytes = 0;
  const tooMany = items.findIndex((item) => {
    bytes += Buffer.byteLength(JSON.stringify(item));
    return bytes > MAX_PAGE_BYTES;
  });
  return tooMany === -1 ? items.length : tooMany;
}
