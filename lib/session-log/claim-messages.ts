import type { LogEntry, SessionKey } from '../session/index.ts';
import { claimMessage } from './claim-message.ts';
import { inSlices } from './in-slices.ts';
import type { LogContext } from './log-context.ts';
import type { SentMessage } from './message-keys.ts';

export interface Claims {
  /** Where the append goes: the position that it wanted, or the one that another run of it has taken. */
  readonly position: number;
  /** Where those messages are that are stored already, by their ids. */
  readonly stored: ReadonlyMap<string, number>;
  /** Whether another run of this append has stored the whole of it. */
  readonly isRepeat: boolean;
}

/**
 * Ties each message of an append to one position, unless it is stored already. All runs of one append agree on the
 * position: the key of the last message, the likeliest to be new, says which.
 *
 * @param sent one message or more, no two with the same id.
 * @param wanted.closed the append's position before, if that was closed.
 * @throws MessageIdReusedError, AppendContendedError.
 */
export async function claimMessages(
  context: LogContext,
  key: SessionKey,
  sent: readonly SentMessage[],
  wanted: { readonly position: number; readonly closed: number | undefined },
): Promise<Claims> {
  const last = sent.slice(-1);
  const readEntry = sharedReads((position) => context.store.readEntry(key, position));
  const stored = new Map<string, number>();
  let { position } = wanted;
  let isRepeat = false;
  const claim = (joins: boolean) => async (message: SentMessage) => {
    const found = await claimMessage(context, key, message.key, { ...wanted, position, joins, readEntry });
    if (found.kind === 'stored') stored.set(message.stored.id, found.position);
    return found;
  };
  for (const found of await inSlices(last, claim(true))) {
    if (found.kind === 'ours') position = found.position;
    else isRepeat = found.isSameAppend;
  }
  if (!isRepeat) await inSlices(sent.slice(0, -1), claim(false));
  return { position, stored, isRepeat };
}

type ReadEntry = (position: number) => Promise<LogEntry | undefined>;

/** Messages that were appended together share a record of up to 256 KiB: it is read once, unless nothing is there yet. */
function sharedReads(read: ReadEntry): ReadEntry {
  const entries = new Map<number, Promise<LogEntry | undefined>>();
  return async (position) => {
    const reading = entries.get(position) ?? read(position);
    entries.set(position, reading);
    const entry = await reading;
    if (!entry) entries.delete(position);
    return entry;
  };
}
