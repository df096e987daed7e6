import {
  type Clock,
  type CommitlaneClient,
  CommitlaneUsageError,
  type PositionedMessage,
} from '../../client/index.ts';
// Past the index, which does not offer it.
import { timerClock } from '../../client/timer-clock.ts';
import { HistoryNotReadableError } from './errors.ts';
import { hasCode } from './has-code.ts';

/** A message as it was sent, with its id, and its place in the session. */
export type HistoryMessage = PositionedMessage;

export interface ReadOptions {
  /** Ends the read; it then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How long an archive is waited for that a commit is writing, in milliseconds: 0 or more, by default 30 000. It takes a
   * fraction of a second, but for one whose worker died: that is finished by the next.
   */
  readonly archivingTimeoutMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

export interface ReadHistoryOptions extends ReadOptions {
  /** Only so many of the newest messages: 1 or more. All of them unless given. */
  readonly limit?: number | undefined;
}

/** A read of the live messages that a commit overtakes is repeated at most this often. */
const MAX_ATTEMPTS = 5;
const ARCHIVING_TIMEOUT_MS = 30_000;
const FIRST_POLL_MS = 50;
const MAX_POLL_MS = 1_000;
/** The most that a page of the API holds. */
const PAGE = 1_000;

interface Reading {
  readonly client: CommitlaneClient;
  readonly sessionId: string;
  readonly signal: AbortSignal | undefined;
}

/**
 * All messages of a session, archived and live, in order, each once: as they were at one moment, whatever commits do
 * meanwhile. With `limit`, archives are read from the newest back, and no more of them than it takes.
 *
 * Pages of live messages belong together while they tell of the same number of archives; else they are read again. What is
 * then live lies behind the last of these archives, and archives do not change: that more commits follow makes no difference.
 *
 * @returns an empty list where there is no such session.
 * @throws HistoryNotReadableError when commits overtook 5 reads, or did not finish an archive in time; the client's errors.
 */
export async function readHistory(
  client: CommitlaneClient,
  sessionId: string,
  { limit = Number.POSITIVE_INFINITY, ...options }: ReadHistoryOptions = {},
): Promise<readonly HistoryMessage[]> {
  if (limit !== Number.POSITIVE_INFINITY && !(Number.isSafeInteger(limit) && limit >= 1)) {
    throw new CommitlaneUsageError(`limit must be a whole number from 1, not ${limit}.`);
  }
  const messages = await readHistoryUntil(client, sessionId, ({ length }) => length >= limit, options);
  return messages.slice(-limit);
}

/**
 * The newest messages of a session, as `readHistory` gives them: what is live, and then one archive more, until they are
 * enough.
 *
 * @param isEnough is asked first of what is live.
 */
export async function readHistoryUntil(
  client: CommitlaneClient,
  sessionId: string,
  isEnough: (messages: readonly HistoryMessage[]) => boolean,
  { signal, archivingTimeoutMs, clock }: ReadOptions = {},
): Promise<readonly HistoryMessage[]> {
  const reading = { client, sessionId, signal };
  const patience = { timeoutMs: archivingTimeoutMs ?? ARCHIVING_TIMEOUT_MS, clock: clock ?? timerClock };
  try {
    const { archiveCount, live } = await readLive(reading);
    let messages = live;
    for (let archive = archiveCount; archive >= 1 && !isEnough(messages); archive -= 1) {
      messages = [...(await readWhenWritten(reading, archive, patience)), ...messages];
    }
    return messages;
  } catch (error) {
    if (hasCode(error, 'session-not-found')) return [];
    throw error;
  }
}

/** What is live at one moment, and how many archives come before it. */
async function readLive(
  reading: Reading,
): Promise<{ readonly archiveCount: number; readonly live: readonly HistoryMessage[] }> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const found = await tryReadLive(reading);
    if (found) return found;
  }
  throw new HistoryNotReadableError(reading.sessionId, `commits overtook ${MAX_ATTEMPTS} attempts`);
}

/** @returns undefined when a commit took messages between two pages. */
async function tryReadLive({ client, sessionId, signal }: Reading) {
  const { archiveCount, ...first } = await client.getSession(sessionId, { limit: PAGE, signal });
  const live = [...first.live];
  for (let after = first.nextAfter; after !== undefined; ) {
    const page = await client.getSession(sessionId, { after, limit: PAGE, signal });
    if (page.archiveCount !== archiveCount) return undefined;
    live.push(...page.live);
    after = page.nextAfter;
  }
  return { archiveCount, live };
}

/** The messages of an archive: the newest may be counted, and not be written yet. */
async function readWhenWritten(
  reading: Reading,
  archive: number,
  { timeoutMs, clock }: { readonly timeoutMs: number; readonly clock: Clock },
): Promise<readonly HistoryMessage[]> {
  const { client, sessionId, signal } = reading;
  const giveUpAtMs = clock.now() + timeoutMs;
  for (let pollMs = FIRST_POLL_MS; ; pollMs = Math.min(pollMs * 2, MAX_POLL_MS)) {
    try {
      return await readArchive(reading, archive);
    } catch (error) {
      if (!hasCode(error, 'archive-not-found')) throw error;
    }
    const leftMs = giveUpAtMs - clock.now();
    if (leftMs <= 0) {
      throw new HistoryNotReadableError(
        sessionId,
        `archive ${archive} was not written within ${timeoutMs} ms`,
      );
    }
    await clock.sleep(Math.min(pollMs, leftMs), signal);
    // A session that is deleted meanwhile has no archives any more: this says so.
    await client.getSession(sessionId, { limit: 1, signal });
  }
}

async function readArchive({ client, sessionId, signal }: Reading, archive: number) {
  const messages: HistoryMessage[] = [];
  for await (const message of client.archivedMessages(sessionId, archive, { limit: PAGE, signal })) {
    messages.push(message);
  }
  return messages;
}
