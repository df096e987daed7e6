import type { CanonicalMessage, JsonObject } from './content.ts';
import { sameJson } from './same-json.ts';

/** A message takes no more parts. */
const MAX_PARTS = 1_000;

/**
 * The first reading of a peer's item that can be stored, and of which the item comes back, and nothing else; `undefined`
 * if there is none.
 */
export function exactReading(
  readings: readonly CanonicalMessage[],
  item: object,
  write: (message: CanonicalMessage) => readonly JsonObject[],
): CanonicalMessage | undefined {
  return readings.find((message) => {
    if (!isSayable(message)) return false;
    const items = write(message);
    return items.length === 1 && sameJson(items[0], item);
  });
}

function isSayable({ content }: CanonicalMessage): boolean {
  if (typeof content === 'string') return content !== '';
  return content.length <= MAX_PARTS && content.some(({ type, text }) => type !== 'text' || text !== '');
}
