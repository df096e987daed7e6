import type { Memory } from '../memory/index.ts';
import { scoresByWords, wordsOf } from '../words/index.ts';

/** So many are given to the model: each makes the prompt longer. */
const MAX_KNOWN = 100;
/** So many of them are of the profile, unless others leave room. */
const MAX_PROFILE = 40;

/**
 * What a model is to know of a conversation: the profile first, which matters to every one, then what is nearest to its words,
 * at most 100 in all. Of what is equally near, what was seen last comes first, then the order of category and key.
 *
 * @param said the words of the conversation.
 */
export function nearestMemories(memories: readonly Memory[], said: ReadonlySet<string>): Memory[] {
  const scores = scoresByWords(
    said,
    memories.map(({ key, text }) => wordsOf(`${key} ${text}`)),
  );
  const ranked = memories
    .map((memory, index) => ({ memory, score: scores[index] ?? 0 }))
    .sort((a, b) => b.score - a.score || byAge(a.memory, b.memory))
    .map(({ memory }) => memory);
  const profile = ranked.filter(({ category }) => category === 'profile');
  const others = ranked.filter(({ category }) => category !== 'profile');
  const first = [...profile.slice(0, MAX_PROFILE), ...others].slice(0, MAX_KNOWN);
  return [...first, ...profile.slice(MAX_PROFILE)].slice(0, MAX_KNOWN);
}

function byAge(a: Memory, b: Memory): number {
  return b.lastSeenAtMs - a.lastSeenAtMs || (nameOf(a) < nameOf(b) ? -1 : 1);
}

function nameOf({ category, key }: Memory): string {
  return `${category}#${key}`;
}
