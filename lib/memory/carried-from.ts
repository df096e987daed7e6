import { wordsOf } from '../words/index.ts';
import { boundedCarried } from './bounded-carried.ts';
import type { Author, Carried } from './memory.ts';

/** Of more sessions the first are listed: what is said so often is erased too early rather than never. */
const MAX_GROUP = 10;

/**
 * What a model says about anything. Of other languages no such list is needed: a word more is counted as others' then,
 * and a statement may be erased that could have stayed.
 */
const OWN_WORDS = new Set(
  wordsOf(
    `a about all also always an and any are as at be because been but by called can could did do does every for from
    had has have he her him his i if in is it its like likes live lives longer may me more my never no not now of often
    on one or our own prefers she should since so some than that the their them then there these they this to too use
    uses user user's was we were when where which who whose will with work works would you your`,
  ),
);

/** A memory that a model was shown. */
export interface ShownMemory {
  readonly key: string;
  readonly text: string;
  readonly by: Author;
  readonly carriedFrom?: Carried;
  /** Whose words it may hold, where nobody can say which of them said it. */
  readonly sessions?: readonly string[];
}

/**
 * Whose words a statement carries on, although its own conversation never said them: the model has them from memories
 * that it was shown. For each such word, the sessions that said it; with the last of them it has to go. What its own
 * session said in another archive goes with itself.
 *
 * @param session its own.
 * @param said the words of the conversation, as the model read it.
 * @param known what the model was shown, in any order.
 */
export function carriedFrom({
  session,
  said,
  statement,
  known,
}: {
  readonly session: string;
  readonly said: ReadonlySet<string>;
  readonly statement: { readonly key: string; readonly text: string };
  readonly known: readonly ShownMemory[];
}): Carried {
  const unsaid = wordsIn(statement).filter((word) => !said.has(word) && !OWN_WORDS.has(word));
  if (unsaid.length === 0) return [];
  const shown = known.map((memory) => ({ words: new Set(wordsIn(memory)), memory }));
  const groups = new Map<string, readonly string[]>();
  for (const word of new Set(unsaid)) {
    const having = shown.filter(({ words }) => words.has(word)).map(({ memory }) => memory);
    for (const group of groupsOf(having, session)) groups.set(group.join(), group);
  }
  return boundedCarried([...groups.keys()].sort().flatMap((name) => [groups.get(name) ?? []]));
}

function wordsIn({ key, text }: { readonly key: string; readonly text: string }): string[] {
  return wordsOf(`${key} ${text}`);
}

/** Who said a word that these memories have in common, `session` excepted. */
function groupsOf(having: readonly ShownMemory[], session: string): Carried {
  const clean = having.filter(
    ({ carriedFrom: groups = [], sessions = [] }) => groups.length + sessions.length === 0,
  );
  // A person said it: it is nobody's alone.
  if (clean.some(({ by }) => by.kind === 'person')) return [];
  const authors = clean.flatMap(({ by }) => (by.kind === 'archive' ? [by.session] : []));
  if (authors.includes(session)) return [];
  if (authors.length > 0) return [[...new Set(authors)].sort().slice(0, MAX_GROUP)];
  // Each of them may be the one that said it.
  return having
    .flatMap(({ by, carriedFrom: groups = [], sessions = [] }) => [
      ...(by.kind === 'archive' ? [[by.session]] : []),
      ...groups,
      ...sessions.map((one) => [one]),
    ])
    .filter((group) => !group.includes(session));
}
