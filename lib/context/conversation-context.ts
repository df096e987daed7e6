import { wholePairs } from '../messages/index.ts';
import type { SessionKey, SessionMeta } from '../session/index.ts';
import { OvertakenError, type PositionedMessage, ReadContendedError } from '../session-log/index.ts';
import { type Patience, SessionNotFoundError } from '../store/index.ts';
import { estimateMessageTokens, estimateTokens } from '../tokens/index.ts';
import type { ContextPart } from './context-part.ts';
import { latestSummary } from './latest-summary.ts';
import { type ContextSource, newestFirst } from './newest-first.ts';
import { shortenedMessage } from './shortened-message.ts';

/** A read that a commit overtakes is repeated at most this often. */
const MAX_ATTEMPTS = 5;
/** What a model adds to each message for its role and its borders. */
export const TOKENS_PER_MESSAGE = 4;
/** A message is shortened if at least this much of the budget is left for it. */
const MIN_SHARE_OF_SHORTENED = 1 / 4;
/** Of what is left; the rest is for what comes before it, such as the call that a result belongs to. */
const MAX_SHARE_OF_SHORTENED = 2 / 3;
/** An answer of a function may be 6 MB of JSON. */
export const MAX_BYTES = 3_000_000;

/** What to send to a model now, oldest first: summaries, then messages as they were. */
export interface ConversationContext {
  readonly summaries: readonly { readonly archive: number; readonly text: string }[];
  /** Calls with their results, or neither; `shortened` marks what did not fit as a whole. */
  readonly messages: readonly (PositionedMessage & { readonly shortened?: true })[];
  /** An estimate of all of it. */
  readonly tokens: number;
  /** Absent when everything is there. */
  readonly dropped?: Dropped;
}

/** What did not fit: everything from here back that no given summary covers. */
interface Dropped {
  /** Messages at this position or before are missing; absent when none is. */
  readonly messagesThrough?: number;
  /** The summary of this archive and of those before it are missing; absent when none is. */
  readonly summariesThrough?: number;
}

/** What is given beside the conversation, out of the same budget. */
interface Beside {
  /** Begun with the reading of the conversation; it is told what the session is, once or more, and says what it takes. */
  readonly room: (meta: SessionMeta) => Promise<Budget>;
  /** What each summary takes more, for the lines around it. */
  readonly tokensPerSummary: number;
}

interface Budget {
  tokens: number;
  bytes: number;
}

const NOTHING_BESIDE: Beside = { room: async () => ({ tokens: 0, bytes: 0 }), tokensPerSummary: 0 };

/**
 * A session's conversation in as many tokens as a model is to be given: the latest finished summary; then, for
 * archives that it does not cover, their own summaries, or their messages while they have none (in flight, failed or
 * dead-lettered); then the live messages. Nothing vanishes between append and summary. When it does not fit, the
 * latest summary stays, a message that is too long for what is left is shortened, and the oldest of the rest is dropped.
 * Calls and their results are given together, or not at all.
 *
 * @param tokenBudget an estimate; leave a margin for what else the model is sent.
 * @param beside what it takes is counted in `tokens`; nothing by default.
 * @throws SessionNotFoundError, ReadContendedError, ArchiveCorruptError, StoreUnavailableError.
 */
export async function conversationContext(
  store: ContextSource['store'],
  key: SessionKey,
  tokenBudget: number,
  patience: Patience,
  beside: Beside = NOTHING_BESIDE,
): Promise<ConversationContext> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    try {
      return await readContext({ store, key, patience }, tokenBudget, beside);
    } catch (error) {
      if (!(error instanceof OvertakenError)) throw error;
    }
  }
  throw new ReadContendedError(MAX_ATTEMPTS);
}

async function readContext(
  source: ContextSource,
  tokenBudget: number,
  beside: Beside,
): Promise<ConversationContext> {
  const meta = await source.store.readMeta(source.key);
  if (!meta) throw new SessionNotFoundError(source.key);
  const [{ latest, parts }, room] = await Promise.all([beginning(source, meta), beside.room(meta)]);
  const tokensLeft = tokenBudget - room.tokens;
  const budget = { tokens: tokensLeft, bytes: MAX_BYTES - room.bytes };
  const fits = (part: ContextPart) => take(budget, part, beside);
  const taken: ContextPart[] = [];
  let dropped: Dropped | undefined;
  if (latest && !fits({ kind: 'summary', ...latest })) dropped = { summariesThrough: latest.archive };
  for await (const part of parts) {
    const fitting = fits(part) ? part : takeShortened(budget, tokensLeft, part);
    if (!fitting && part.kind === 'message' && part.covered) continue;
    if (!fitting) {
      dropped = { ...dropped, ...droppedFrom(part) };
      break;
    }
    taken.push(fitting);
  }
  if (latest && dropped?.summariesThrough !== latest.archive) taken.push({ kind: 'summary', ...latest });
  return { ...split(taken.reverse()), tokens: tokenBudget - budget.tokens, ...(dropped && { dropped }) };
}

/** The latest summary, and the rest from the newest part back, the first of which is read. */
async function beginning(source: ContextSource, meta: SessionMeta) {
  const { store, key, patience } = source;
  const latest = await latestSummary(store, key, meta.archiveCount, patience);
  const rest = newestFirst(source, meta, latest?.covers ?? []);
  return { latest, parts: withFirst(await rest.next(), rest) };
}

async function* withFirst<T>(first: IteratorResult<T, unknown>, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  if (first.done) return;
  yield first.value;
  yield* rest;
}

/** Takes a part's size off the budget if it fits; returns whether it did. */
function take(budget: Budget, part: ContextPart, { tokensPerSummary } = NOTHING_BESIDE): boolean {
  if (part.kind === 'unread') return false;
  const tokens =
    TOKENS_PER_MESSAGE +
    (part.kind === 'summary'
      ? estimateTokens(part.text) + tokensPerSummary
      : estimateMessageTokens(part.message));
  const bytes = Buffer.byteLength(JSON.stringify(part));
  if (tokens > budget.tokens || bytes > budget.bytes) return false;
  budget.tokens -= tokens;
  budget.bytes -= bytes;
  return true;
}

/** A message that does not fit, cut to what is left, where that is worth it. */
function takeShortened(budget: Budget, tokenBudget: number, part: ContextPart): ContextPart | undefined {
  if (part.kind !== 'message' || budget.tokens < tokenBudget * MIN_SHARE_OF_SHORTENED) return undefined;
  const message = shortenedMessage(
    part.message,
    Math.floor(budget.tokens * MAX_SHARE_OF_SHORTENED) - TOKENS_PER_MESSAGE,
  );
  return message && take(budget, { kind: 'message', message }) ? { kind: 'message', message } : undefined;
}

function droppedFrom(part: ContextPart): Dropped {
  if (part.kind === 'message') return { messagesThrough: part.message.position };
  if (part.kind === 'unread' && part.through !== undefined) return { messagesThrough: part.through };
  return { summariesThrough: part.archive };
}

function split(parts: readonly ContextPart[]): Pick<ConversationContext, 'summaries' | 'messages'> {
  return {
    summaries: parts
      .flatMap((part) => (part.kind === 'summary' ? [{ archive: part.archive, text: part.text }] : []))
      .sort((a, b) => a.archive - b.archive),
    messages: wholePairs(parts.flatMap((part) => (part.kind === 'message' ? [part.message] : []))),
  };
}
