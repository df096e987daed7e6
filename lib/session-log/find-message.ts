import type { SessionMeta } from '../session/index.ts';
import { SessionNotFoundError } from '../store/index.ts';
import { MessageNotFoundError, OvertakenError, ReadContendedError } from './errors.ts';
import type { LogRead, LogSource, Place } from './log-read.ts';
import { idsKeyOf } from './message-keys.ts';
import { readsBackwards } from './reads-backwards.ts';

/** A search that a commit overtakes begins again at most this often. */
const MAX_ATTEMPTS = 5;
/** Pages of 1 MB at most, of the log and of archives, that one search reads. */
const MAX_READS = 20;

/** Where a message is, or how far the search for it has come. */
type MessageSearch =
  | (Place & { readonly position: number; readonly appendedAtMs: number })
  /** It is not at this position or behind it. */
  | { readonly state: 'not-found-yet'; readonly nextBefore: number };

/**
 * Where a message of a session is. One that was appended with an id of its own in the last 12 hours is found by that, in 3
 * requests while it is live; any other is looked for from the newest message back, in 20 reads of 1 MB at most.
 *
 * @param before only at earlier positions: the `nextBefore` of the search that is gone on with.
 * @throws SessionNotFoundError, MessageNotFoundError: there is none.
 * @throws ReadContendedError, ArchiveCorruptError, StoreUnavailableError.
 */
export async function findMessage(
  source: LogSource,
  messageId: string,
  before?: number,
): Promise<MessageSearch> {
  const { store, key } = source;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const meta = await store.readMeta(key);
    if (!meta) throw new SessionNotFoundError(key);
    try {
      const remembered = before === undefined ? await findByKey(source, meta, messageId) : undefined;
      const found = remembered ?? (await search(source, meta, messageId, before ?? meta.nextSeq));
      if (found) return found;
      throw new MessageNotFoundError(key.session, messageId);
    } catch (error) {
      if (!(error instanceof OvertakenError)) throw error;
    }
  }
  throw new ReadContendedError(MAX_ATTEMPTS);
}

async function findByKey(source: LogSource, meta: SessionMeta, messageId: string) {
  const known = await source.store.readAppendKey(source.key, idsKeyOf([messageId]));
  if (!known) return undefined;
  for await (const read of readsBackwards(source, meta, { before: known.position + 1, limit: 1 })) {
    return messageIn(read, messageId);
  }
  return undefined;
}

async function search(
  source: LogSource,
  meta: SessionMeta,
  messageId: string,
  before: number,
): Promise<MessageSearch | undefined> {
  let reads = 0;
  for await (const read of readsBackwards(source, meta, { before })) {
    const found = messageIn(read, messageId);
    if (found) return found;
    if (read.endsRequest) reads += 1;
    if (reads >= MAX_READS && read.from > 1) return { state: 'not-found-yet', nextBefore: read.from };
  }
  return undefined;
}

function messageIn({ place, records }: LogRead, messageId: string) {
  const record = records.find(({ messages }) => messages.some(({ id }) => id === messageId));
  return record && { ...place, position: record.position, appendedAtMs: record.appendedAtMs };
}
