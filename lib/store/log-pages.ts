import type { LogEntry, SessionKey } from '../session/index.ts';
import type { LogRange, LogStore } from './log-store.ts';

/**
 * The entries of the log between two positions, in order, page by page: one request each, made when the page is asked
 * for. The next page starts behind the last entry of the one before.
 *
 * @param range.limit at most this many entries a page.
 * @throws StoreUnavailableError.
 */
export async function* logPages(
  store: LogStore,
  key: SessionKey,
  range: LogRange,
): AsyncGenerator<readonly LogEntry[]> {
  let rest = range;
  while (rest.from <= rest.to) {
    const { entries, complete } = await store.readRange(key, rest);
    yield entries;
    const last = entries.at(-1);
    if (complete || !last) return;
    rest = range.newestFirst ? { ...rest, to: last.position - 1 } : { ...rest, from: last.position + 1 };
  }
}
