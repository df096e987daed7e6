import { type AppendKey, type LogEntry, retention, type SessionKey } from '../session/index.ts';
import { AppendContendedError, MessageIdReusedError } from './errors.ts';
import type { LogContext } from './log-context.ts';
import type { MessageKey } from './message-keys.ts';

/** Where a message of an append stands. */
type Claim =
  /** Its key points to `position`, which is this append's, and where nothing was written when it was looked at. */
  | { readonly kind: 'ours'; readonly position: number }
  /** It is stored at `position`; `isSameAppend` when a run of this very append has stored it. */
  | { readonly kind: 'stored'; readonly position: number; readonly isSameAppend: boolean };

interface ClaimOptions {
  /** Where the append wants to store the message. */
  readonly position: number;
  /** The append's position before, if that was closed: the message's key points there, unless somebody moved it. */
  readonly closed: number | undefined;
  /** Whether a position that another run of this append has taken, and not written yet, will do as well. */
  readonly joins: boolean;
  readonly readEntry: (position: number) => Promise<LogEntry | undefined>;
}

/** Others may take a message over each time that this append is about to; then it gives up. */
const MAX_TRIES = 3;
/** An append is written some 10 ms after it has tied its messages. One that came first is given this time. */
const WAITS_MS = [25, 50, 100, 200, 400];
const PATIENCE_MS = 775;

/**
 * Ties a message to a position before anything is written there, unless the message is stored already. One that is tied
 * to a position of another append, where nothing is written, is taken over once that position is closed: the other
 * append, if it is still under way, cannot store the message there any more. An append with an earlier position goes
 * first: it is waited for, as long as it may be under way, and takes over at once what a later one has tied.
 *
 * @throws MessageIdReusedError when another message is stored under its id.
 * @throws AppendContendedError when others took the message over 3 times meanwhile.
 */
export async function claimMessage(
  { store, clock }: LogContext,
  key: SessionKey,
  message: MessageKey,
  { position, closed, joins, readEntry }: ClaimOptions,
): Promise<Claim> {
  const nowMs = clock.now();
  const mine: AppendKey = { ...message, position, expiresAtMs: nowMs + retention.appendKeyMs };
  const isTied =
    closed === undefined
      ? await store.putAppendKey(key, mine, nowMs)
      : await store.moveAppendKey(key, mine, closed);
  if (isTied) return { kind: 'ours', position };
  const waitsMs = [...WAITS_MS];
  for (let tries = 0; tries < MAX_TRIES; ) {
    const known = await store.readAppendKey(key, message.key);
    // It expired, and was removed, between the two requests.
    if (!known) break;
    if (known.position === position) return { kind: 'ours', position };
    const isSameAppend = known.appendId === message.appendId && known.sha256 === message.sha256;
    const entry = await readEntry(known.position);
    if (entry && entry.kind !== 'void') {
      if (known.sha256 !== message.sha256) throw new MessageIdReusedError(message.messageIds.join());
      return { kind: 'stored', position: known.position, isSameAppend };
    }
    if (!entry && joins && isSameAppend) return { kind: 'ours', position: known.position };
    const waitMs = !entry && mayBeUnderWay(known, position, clock.now()) ? waitsMs.shift() : undefined;
    if (waitMs !== undefined) {
      await clock.sleep(waitMs);
      continue;
    }
    tries += 1;
    const untilMs = nowMs + retention.closedPositionMs;
    const isClosed = entry !== undefined || (await store.voidPosition(key, known.position, untilMs));
    if (isClosed && (await store.moveAppendKey(key, mine, known.position))) return { kind: 'ours', position };
  }
  throw new AppendContendedError(1);
}

/** Whether the message was tied just now, by an append with an earlier position. */
function mayBeUnderWay(known: AppendKey, position: number, nowMs: number): boolean {
  const tiedAtMs = known.expiresAtMs - retention.appendKeyMs;
  return known.position < position && nowMs - tiedAtMs < PATIENCE_MS;
}
