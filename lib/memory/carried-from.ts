import { wordsOf } from '../words/index.ts';

/** As many sessions are named; a known memory seldom holds words of more than a few. */
const MAX_SESSIONS = 50;

/** A memory that a model was shown. */
export interface ShownMemory {
  readonly key: string;
  readonly text: string;
  /** Whose words it holds; none where a person has entered it. */
  readonly sessions: readonly string[];
}

/**
 * The sessions whose words a statement carries on, although its own conversation never said them: the model has them
 * from a memory that it was shown. A word tells of a session when every shown memory with that word holds words of this
 * session; one that other memories have without it may as well come from them.
 *
 * @param said the words of the conversation, as the model read it.
 * @param ownWords the words that the model has from the prompt itself, such as "the" and "user".
 * @param known what the model was shown, in any order.
 * @returns names of sessions, sorted; at most 50, first those that a word tells of with the fewest others.
 */
export function carriedFrom({
  said,
  ownWords,
  statement,
  known,
}: {
  readonly said: ReadonlySet<string>;
  readonly ownWords: ReadonlySet<string>;
  readonly statement: { readonly key: string; readonly text: string };
  readonly known: readonly ShownMemory[];
}): string[] {
  const unsaid = wordsIn(statement).filter((word) => !said.has(word) && !ownWords.has(word));
  if (unsaid.length === 0) return [];
  const shown = known.map((memory) => ({ words: new Set(wordsIn(memory)), sessions: memory.sessions }));
  const fewest = new Map<string, number>();
  for (const word of new Set(unsaid)) {
    const having = shown.filter(({ words }) => words.has(word));
    const sources = sharedBy(having.map(({ sessions }) => new Set(sessions)));
    for (const session of sources)
      fewest.set(session, Math.min(sources.length, fewest.get(session) ?? sources.length));
  }
  return [...fewest]
    .sort(([a, few], [b, fewer]) => few - fewer || (a < b ? -1 : 1))
    .slice(0, MAX_SESSIONS)
    .map(([session]) => session)
    .sort();
}

function wordsIn({ key, text }: { readonly key: string; readonly text: string }): string[] {
  return wordsOf(`${key} ${text}`);
}

function sharedBy([first = new Set(), ...others]: readonly ReadonlySet<string>[]): string[] {
  return [...first].filter((session) => others.every((sessions) => sessions.has(session)));
}
