/** Any odd number does: it keeps neighbouring seeds apart, and the state from being 0, where it would stay. */
const SPREAD = 0x9e3779b1;

/** Numbers in [0, 1) that are the same for the same seed: Marsaglia's xorshift of 32 bits (2003). */
export function seededRandom(seed: number): () => number {
  let state = Math.imul(seed + 1, SPREAD) || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  // The first few still resemble the seed.
  for (let round = 0; round < 8; round += 1) next();
  return next;
}
