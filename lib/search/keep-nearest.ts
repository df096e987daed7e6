/** So many things are kept while others come; half of them after each look at which are nearest. */
const MAX_KEPT = 1_000;
/** In UTF-16 code units: at most twice as many bytes. Likewise. */
const MAX_KEPT_UNITS = 16_000_000;

/** How much of memory a thing takes, in UTF-16 code units. */
interface Sized {
  readonly units: number;
}

export interface Nearest<Thing> {
  add(thing: Thing): void;
  /** What is kept, the nearest first; at most 500. */
  best(limit: number): { readonly thing: Thing; readonly score: number }[];
}

/**
 * Keeps the nearest of many things: at most 1 000, and 32 MB and one more thing. Above that, those are forgotten that are
 * farthest now. Each is looked at a few times, however many there are.
 *
 * @param score how near a thing is now; it may change as more is known.
 */
export function keepNearest<Thing extends Sized>(score: (thing: Thing) => number): Nearest<Thing> {
  let kept: Thing[] = [];
  let keptUnits = 0;
  const best = (limit: number) =>
    kept
      .map((thing) => ({ thing, score: score(thing) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, Math.min(limit, MAX_KEPT / 2));

  const forgetFarthest = () => {
    const nearest = best(MAX_KEPT / 2);
    kept = [];
    keptUnits = 0;
    for (const { thing } of nearest) {
      if (kept.length > 0 && keptUnits + thing.units > MAX_KEPT_UNITS / 2) continue;
      kept.push(thing);
      keptUnits += thing.units;
    }
  };

  return {
    best,
    add(thing) {
      kept.push(thing);
      keptUnits += thing.units;
      if (kept.length > MAX_KEPT || keptUnits > MAX_KEPT_UNITS) forgetFarthest();
    },
  };
}
