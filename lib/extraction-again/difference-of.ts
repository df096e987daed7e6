import type { EvidencedMemory, Statement, Subject } from '../memory/index.ts';

/** What an archive says of a subject. */
interface Said {
  readonly text: string;
  /** It takes back what was known. */
  readonly retracts?: true;
  /** It openly contradicts what was known. */
  readonly contradicts?: true;
}

/** What would become of an archive's statements: each list in the order of category and key. */
export interface Difference {
  readonly added: readonly (Subject & Said)[];
  readonly changed: readonly (Subject & { readonly before: Said; readonly after: Said })[];
  readonly removed: readonly (Subject & Said)[];
  /** How many say the same, whichever model says so and of whichever message. */
  readonly unchanged: number;
}

/**
 * Compares what an archive says with what it would say.
 *
 * @param before of several statements of one subject, as a replacement leaves that was cut off, the last counts.
 */
export function differenceOf(before: readonly Statement[], after: readonly EvidencedMemory[]): Difference {
  const old = new Map(before.map((statement) => [nameOf(statement), statement]));
  const now = new Map(after.map((memory) => [nameOf(memory), memory]));
  const kept = [...now.values()].flatMap((memory) => {
    const known = old.get(nameOf(memory));
    return known ? [{ ...subjectOf(memory), before: saidIn(known), after: saidIn(memory) }] : [];
  });
  const changed = kept.filter((one) => !isSame(one));
  const onlyIn = <T extends Subject & Said>(
    some: ReadonlyMap<string, T>,
    others: ReadonlyMap<string, unknown>,
  ) =>
    [...some]
      .filter(([name]) => !others.has(name))
      .map(([, one]) => ({ ...subjectOf(one), ...saidIn(one) }))
      .sort(bySubject);
  return {
    added: onlyIn(now, old),
    changed: changed.sort(bySubject),
    removed: onlyIn(old, now),
    unchanged: kept.length - changed.length,
  };
}

function isSame({ before, after }: { readonly before: Said; readonly after: Said }): boolean {
  return (
    before.text === after.text &&
    before.retracts === after.retracts &&
    before.contradicts === after.contradicts
  );
}

function subjectOf({ category, key }: Subject): Subject {
  return { category, key };
}

function saidIn({ text, retracts, contradicts }: Said): Said {
  return { text, ...(retracts && { retracts }), ...(contradicts && { contradicts }) };
}

function nameOf({ category, key }: Subject): string {
  return `${category}#${key}`;
}

function bySubject(one: Subject, other: Subject): number {
  return nameOf(one) < nameOf(other) ? -1 : 1;
}
