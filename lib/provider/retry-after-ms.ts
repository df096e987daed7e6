/**
 * How long a provider asks us to wait, in milliseconds from `nowMs`: `Retry-After-Ms`, or `Retry-After` in seconds or as an HTTP
 * date; undefined when it does not say, or nothing that can be read.
 *
 * @param headers by their names in lower case.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, nowMs: number): number | undefined {
  const inMs = toNumber(headers['retry-after-ms']);
  if (inMs !== undefined) return inMs;
  const text = headers['retry-after'];
  const seconds = toNumber(text);
  if (seconds !== undefined) return seconds * 1_000;
  const atMs = Date.parse(text ?? '');
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}

function toNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}
