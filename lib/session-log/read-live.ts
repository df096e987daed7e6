import type { Message, SessionKey, SessionMeta } from '../session/index.ts';
import { SessionNotFoundError } from '../store/index.ts';
import { ReadContendedError } from './errors.ts';
import type { LogContext } from './log-context.ts';

/** A read that a commit overtakes is repeated at most this often. */
const MAX_ATTEMPTS = 5;

export type PositionedMessage = Message & { readonly position: number };

export interface LivePage {
  readonly meta: SessionMeta;
  /** Oldest first; all messages of an append, or none. */
  readonly messages: readonly PositionedMessage[];
  /** Read on from here; absent when this page ends the live messages. */
  readonly nextAfter?: number;
}

/**
 * One page of the messages that no commit has taken yet, as they were at one moment.
 *
 * @param after only messages behind this position; 0 for all.
 * @param limit at most this many appends, 1 or more.
 * @throws SessionNotFoundError, ReadContendedError, StoreUnavailableError.
 */
export async function readLive(
  { store }: Pick<LogContext, 'store'>,
  key: SessionKey,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<LivePage> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const meta = await store.readMeta(key);
    if (!meta) throw new SessionNotFoundError(key);
    const from = Math.max(after, meta.committedThrough) + 1;
    const to = meta.nextSeq - 1;
    if (to < from) return { meta, messages: [] };
    const { entries, complete } = await store.readRange(key, { from, to, limit });
    const isOvertaken = entries.some(({ kind }) => kind === 'tombstone');
    if (isOvertaken) continue;
    const last = entries.at(-1)?.position;
    return {
      meta,
      messages: entries.flatMap((entry) =>
        entry.kind === 'record'
          ? entry.messages.map((message) => ({ ...message, position: entry.position }))
          : [],
      ),
      ...(!complete && last !== undefined && { nextAfter: last }),
    };
  }
  throw new ReadContendedError(MAX_ATTEMPTS);
}
