import type { Embedder, Vector } from '../../lib/embedding/index.ts';
import { meaningOf } from './meaning-of.ts';

/** An embedder without a server: texts with words of the same meaning are near (`meaningOf`). */
export function meaningEmbedder(dimensions = 256, name = 'test:meaning'): Embedder {
  return {
    id: `${name}@${dimensions}`,
    dimensions,
    async embed(texts, { signal }) {
      signal.throwIfAborted();
      return texts.map((text) => unit(meaningOf(text, dimensions)));
    },
  };
}

/** To length 1 and 4 significant digits, as embedders give them. */
function unit(vector: readonly number[]): Vector {
  const length = Math.hypot(...vector);
  return vector.map((one) => Number((one / length).toPrecision(4)));
}
