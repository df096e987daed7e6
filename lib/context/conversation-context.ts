import type { SessionKey } from '../session/index.ts';
import { type PositionedMessage, ReadContendedError } from '../session-log/index.ts';
import { type Patience, SessionNotFoundError } from '../store/index.ts';
import { estimateTokens } from '../tokens/index.ts';
import { latestSummary } from './latest-summary.ts';
import { type ContextPart, type ContextSource, newestFirst, OvertakenError } from './newest-first.ts';

/** A read that a commit overtakes is repeated at most this often. */
const MAX_ATTEMPTS = 5;
/** What a model adds to each message for its role and its borders. */
const TOKENS_PER_MESSAGE = 4;
/** An answer of a function may be 6 MB of JSON. */
const MAX_BYTES = 3_000_000;

/** What to send to a model now, oldest first: summaries, then messages as they were. */
interface ConversationContext {
  readonly summaries: readonly { readonly archive: number; readonly text: string }[];
  readonly messages: readonly PositionedMessage[];
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

/**
 * A session's conversation in as many tokens as a model is to be given: the latest finished summary; then, for
 * archives that it does not cover, their own summaries, or their messages while they have none (in flight, failed or
 * dead-lettered); then the live messages. Nothing vanishes between append and summary. When it does not fit, the
 * latest summary stays and the oldest of the rest is dropped.
 *
 * @param tokenBudget an estimate; leave a margin for what else the model is sent.
 * @throws SessionNotFoundError, ReadContendedError, ArchiveCorruptError, StoreUnavailableError.
 */
export async function conversationContext(
  store: ContextSource['store'],
  key: SessionKey,
  tokenBudget: number,
  patience: Patience,
): Promise<ConversationContext> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    try {
      return await readContext({ store, key, patience }, tokenBudget);
    } catch (error) {
      if (!(error instanceof OvertakenError)) throw error;
    }
  }
  throw new ReadContendedError(MAX_ATTEMPTS);
}

async function readContext(source: ContextSource, tokenBudget: number): Promise<ConversationContext> {
  const { store, key, patience } = source;
  const meta = await store.readMeta(key);
  if (!meta) throw new SessionNotFoundError(key);
  const latest = await latestSummary(store, key, meta.archiveCount, patience);
  const budget = { tokens: tokenBudget, bytes: MAX_BYTES };
  const taken: ContextPart[] = [];
  let dropped: Dropped | undefined;
  if (latest && !take(budget, { kind: 'summary', ...latest })) dropped = { summariesThrough: latest.archive };
  for await (const part of newestFirst(source, meta, latest?.covers ?? [])) {
    if (!take(budget, part)) {
      dropped = { ...dropped, ...droppedFrom(part) };
      break;
    }
    taken.push(part);
  }
  if (latest && dropped?.summariesThrough !== latest.archive) taken.push({ kind: 'summary', ...latest });
  return { ...split(taken.reverse()), tokens: tokenBudget - budget.tokens, ...(dropped && { dropped }) };
}

/** Takes a part's size off the budget if it fits; returns whether it did. */
function take(budget: { tokens: number; bytes: number }, part: ContextPart): boolean {
  if (part.kind === 'unread') return false;
  const text = part.kind === 'summary' ? part.text : part.message.content;
  const tokens = estimateTokens(text) + TOKENS_PER_MESSAGE;
  const bytes = Buffer.byteLength(JSON.stringify(part));
  if (tokens > budget.tokens || bytes > budget.bytes) return false;
  budget.tokens -= tokens;
  budget.bytes -= bytes;
  return true;
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
    messages: parts.flatMap((part) => (part.kind === 'message' ? [part.message] : [])),
  };
}
