import type { Clock } from '../clock/index.ts';
import type { Embedding } from '../embedding/index.ts';
import { CommitlaneError } from '../errors/index.ts';
import type { MemoryStore } from '../memory/index.ts';
import { type Meaning, meaningOf, type SearchEvent } from '../search/index.ts';
import type { SessionKey, SessionMeta } from '../session/index.ts';
import { frameTokens } from './background.ts';
import type { ChosenMemories } from './choose-memories.ts';
import type { ContextEvent } from './context-event.ts';
import { type ConversationContext, conversationContext, MAX_BYTES } from './conversation-context.ts';
import type { ContextSource } from './newest-first.ts';
import { recallMemories } from './recall-memories.ts';
import type { RememberedMemory } from './remembered-memory.ts';

/** A conversation, and what is remembered that belongs to it. */
export interface ContextWithMemories extends ConversationContext {
  /** The profile first, then the nearest to the query. */
  readonly memories: readonly RememberedMemory[];
  /** They could not be read. */
  readonly memoriesUnavailable?: true;
}

/** Of the budget. About 60 memories of 16 000 tokens. */
export const DEFAULT_MEMORY_SHARE = 0.2;

interface Recalled extends ChosenMemories {
  readonly memoriesUnavailable?: true;
}

const NONE: Recalled = { memories: [], tokens: 0, bytes: 0 };

/**
 * A session's conversation, as `conversationContext` gives it, with memories of its scope beside it, all in one budget:
 * what memories do not use of their share is the conversation's. A conversation is worth more than memories: where these
 * cannot be read it is given without them, and says so.
 *
 * @param options.query what memories are to be near to; by default what a user said last.
 * @param options.memoryShare of the budget, from 0 (none are read) to 1, for memories without the lines around them.
 * @param options.isFramed the lines around summaries count in the budget, too; those around memories always do.
 * @throws SessionNotFoundError, ReadContendedError, ArchiveCorruptError, StoreUnavailableError; the signal's reason.
 */
export async function contextWithMemories(
  deps: {
    readonly store: ContextSource['store'];
    readonly memories: MemoryStore;
    readonly lease: Meaning['patience'] & { readonly clock: Clock };
    /** With it, memories are near by words and meaning. */
    readonly embedding?: Embedding;
    readonly onEvent: (event: ContextEvent | SearchEvent) => void;
  },
  key: SessionKey,
  options: {
    readonly tokenBudget: number;
    readonly query?: string | undefined;
    readonly memoryShare: number;
    readonly isFramed: boolean;
    readonly signal: AbortSignal;
  },
): Promise<ContextWithMemories> {
  const { store, memories, lease: patience, onEvent } = deps;
  const { tokenBudget, query, memoryShare, isFramed, signal } = options;
  const room = {
    tokens: memoryShare > 0 ? Math.min(Math.floor(tokenBudget * memoryShare) + frameTokens, tokenBudget) : 0,
    bytes: MAX_BYTES * memoryShare,
  };
  const source = { store, memories, key, patience, meaning: meaningOf(deps) };
  const recall = async (meta: SessionMeta): Promise<Recalled> => {
    if (room.tokens <= frameTokens) return NONE;
    try {
      return await recallMemories(source, meta, { query, room, signal });
    } catch (error) {
      if (signal.aborted || !(error instanceof CommitlaneError)) throw error;
      onEvent({ type: 'context.memories-unavailable', ...key, scope: meta.scope, error });
      return { ...NONE, memoriesUnavailable: true };
    }
  };
  let recalled: Promise<Recalled> | undefined;
  const recallOnce = (meta: SessionMeta) => {
    recalled ??= recall(meta);
    return recalled;
  };
  const beside = { room: recallOnce, tokensPerSummary: isFramed ? frameTokens : 0 };
  const context = await conversationContext(store, key, tokenBudget, patience, beside);
  const { memories: given, memoriesUnavailable } = (await recalled) ?? NONE;
  return { ...context, memories: given, ...(memoriesUnavailable && { memoriesUnavailable }) };
}
