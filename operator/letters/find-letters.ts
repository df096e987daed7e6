import {
  type DeadLetterKind,
  type DeadLetterQueue,
  deadLetterKinds,
  type ExplainedLetter,
  explainLetter,
  gatherLetters,
  type LetterFilter,
  type Look,
  lookAtLetters,
  MAX_LETTERS_PER_REPLAY,
  matchesFilter,
} from '../../lib/dead-letters/index.ts';
import type { Target, Work } from '../target/index.ts';

/** Which dead letters: those that fit every condition that is given, and have one of `ids` if there are any. */
export interface LetterChoice {
  readonly queue?: DeadLetterKind;
  readonly filter: LetterFilter;
  readonly ids?: ReadonlySet<string>;
}

export interface Reading {
  /** Sees those behind the first of their group too, by moving each to the end of its queue. */
  readonly deep: boolean;
  /** Of each queue: 1 or more. As many as one replay takes unless given. */
  readonly maxLetters?: number;
}

/** The letters of a choice, with what the database knows of them. They stay on their queues. */
export async function findLetters(
  target: Target,
  { queue, filter, ids }: LetterChoice,
  { deep, maxLetters = MAX_LETTERS_PER_REPLAY }: Reading,
  work: Work,
): Promise<{
  readonly letters: readonly ExplainedLetter[];
  /** Letters that are there and were not seen, as far as the queues know. */
  readonly unseen: number;
}> {
  const kinds = deadLetterKinds.filter((kind) => queue === undefined || queue === kind);
  const looks = await Promise.all(
    kinds.map((kind) => see(target, target.deadLetters(kind), { deep, maxLetters }, work)),
  );
  const letters: ExplainedLetter[] = [];
  for (const letter of looks.flatMap((look) => look.letters)) {
    work.signal.throwIfAborted();
    if (ids && !ids.has(letter.id)) continue;
    const explained = await explainLetter(target.store, letter, target.clock.now());
    if (matchesFilter(explained, filter, target.clock.now())) letters.push(explained);
  }
  return { letters, unseen: looks.reduce((sum, look) => sum + look.unseen, 0) };
}

async function see(
  { clock, newId }: Target,
  queue: DeadLetterQueue,
  { deep, maxLetters }: Required<Reading>,
  { signal, report }: Work,
): Promise<Look> {
  report?.({ text: `looking at the dead letters of ${queue.kind}` });
  if (!deep) return lookAtLetters(queue, { maxLetters, signal });
  const onWaiting = (held: number) =>
    report?.({ text: `waiting for ${held} letters that somebody else may hold` });
  let found = 0;
  return gatherLetters(queue, { clock, newId, signal, onWaiting }, maxLetters, () => {
    found += 1;
    report?.({ text: `${found} dead letters of ${queue.kind}` });
  });
}
