/** Invented words of one length, so that none is part of another, and none is said by anything else in the table. */
const CONSONANTS = [...'bdfgklmnprst'];

function wordOf(who: number, index: number): string {
  return `zu${CONSONANTS[who] ?? 'v'}a${CONSONANTS[index] ?? 'v'}eq`;
}

const WORDS_EACH = 4;
const SHARED = 10;
const PERSON = 11;

/** What session number `who` may say: words of its own, and such that all may say. */
export function wordsFor(who: number, picks: readonly number[]): string[] {
  return picks.map((pick) =>
    pick < WORDS_EACH ? wordOf(who, pick) : wordOf(SHARED, (pick - WORDS_EACH) % 3),
  );
}

/** What a person may enter: words of their own, of a session, or such that all may say. */
export function wordsOfPerson(picks: readonly number[]): string[] {
  return picks.map((pick) => {
    if (pick < 3) return wordOf(PERSON, pick);
    return pick < 5 ? wordOf(pick - 3, 0) : wordOf(SHARED, 0);
  });
}

/** The invented words in a text, each once. */
export function inventedIn(text: string): string[] {
  return [...new Set(text.match(/zu[a-z]a[a-z]eq/g) ?? [])];
}
