import { type Subject, subjectName } from '../memory/index.ts';
import { estimateTokens } from '../tokens/index.ts';
import { frameTokens } from './background.ts';
import { memoryLine } from './background-blocks.ts';
import { TOKENS_PER_MESSAGE } from './conversation-context.ts';
import type { RememberedMemory } from './remembered-memory.ts';

/** The profile takes more only of what the relevant ones leave. */
const SHARE_OF_PROFILE = 1 / 2;

interface Room {
  readonly tokens: number;
  readonly bytes: number;
}

/** Memories that fit, and what they take, with the lines around them; nothing where there are none. */
export interface ChosenMemories extends Room {
  readonly memories: readonly RememberedMemory[];
}

/**
 * As many memories as there is room for: the profile, in at most half of it unless the relevant ones leave more, then the
 * relevant ones. Each is given once, as a whole; one that is too long is passed over.
 *
 * @param profile who people are, the most important first.
 * @param relevant the nearest first.
 */
export function chooseMemories(
  { profile, relevant }: Readonly<Record<'profile' | 'relevant', readonly RememberedMemory[]>>,
  room: Room,
): ChosenMemories {
  const left = { tokens: room.tokens - frameTokens, bytes: room.bytes };
  const chosen = new Set<string>();
  const take = (memories: readonly RememberedMemory[], maxTokens: number) => {
    let tokensLeft = Math.min(maxTokens, left.tokens);
    return memories.filter((memory) => {
      const { tokens, bytes } = sizeOf(memory);
      const name = subjectName(memory satisfies Subject);
      if (chosen.has(name) || tokens > tokensLeft || bytes > left.bytes) return false;
      chosen.add(name);
      tokensLeft -= tokens;
      left.tokens -= tokens;
      left.bytes -= bytes;
      return true;
    });
  };
  const first = take(profile, left.tokens * SHARE_OF_PROFILE);
  const related = take(relevant, left.tokens);
  const memories = [...first, ...take(profile, left.tokens), ...related];
  return memories.length === 0
    ? { memories, tokens: 0, bytes: 0 }
    : { memories, tokens: room.tokens - left.tokens, bytes: room.bytes - left.bytes };
}

function sizeOf(memory: RememberedMemory): Room {
  return {
    tokens: TOKENS_PER_MESSAGE + estimateTokens(memoryLine(memory)),
    bytes: Buffer.byteLength(JSON.stringify(memory)),
  };
}
