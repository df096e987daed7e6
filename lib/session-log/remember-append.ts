import {
  type AppendKey,
  type Message,
  type NewMessage,
  retention,
  type SessionKey,
} from '../session/index.ts';
import { AppendContendedError, AppendKeyReusedError } from './errors.ts';
import type { LogContext } from './log-context.ts';
import { sha256Of } from './message-keys.ts';

export interface RememberedAppend {
  /** Where the append goes, or went. */
  readonly position: number;
  readonly messageIds: readonly string[];
  /** A new position for the append, and for every repeat of it, when a commit has closed the one it had. */
  nextPosition(closed: number): Promise<number>;
}

/**
 * Ties a repeatable append to one position, before anything is written there: whoever repeats it, at the same time
 * or later, writes to the same position, where only one can succeed.
 *
 * @throws AppendKeyReusedError when the key is tied to other messages.
 */
export async function rememberAppend(
  { store, clock }: LogContext,
  key: SessionKey,
  append: {
    readonly key: string;
    readonly position: number;
    readonly messages: readonly NewMessage[];
    readonly stored: readonly Message[];
    /** Takes another position. */
    readonly next: () => Promise<number>;
  },
): Promise<RememberedAppend> {
  const nowMs = clock.now();
  const mine: AppendKey = {
    key: append.key,
    position: append.position,
    sha256: sha256Of(JSON.stringify(append.messages)),
    messageIds: append.stored.map(({ id }) => id),
    expiresAtMs: nowMs + retention.appendKeyMs,
  };
  const isNew = await store.putAppendKey(key, mine, nowMs);
  const known = isNew ? mine : await readKnown();
  if (known.sha256 !== mine.sha256) throw new AppendKeyReusedError(append.key);

  async function readKnown(): Promise<AppendKey> {
    const found = await store.readAppendKey(key, append.key);
    // It expired, and was removed, between the two requests.
    if (!found) throw new AppendContendedError(1);
    return found;
  }

  return {
    position: known.position,
    messageIds: known.messageIds,
    async nextPosition(closed) {
      const fresh = await append.next();
      if (await store.moveAppendKey(key, { ...known, position: fresh }, closed)) return fresh;
      return (await readKnown()).position;
    },
  };
}
