import { createHash } from 'node:crypto';
import type { Embedder } from '../../../lib/embedding/index.ts';

/** An embedding model that remembers of which text each vector is. */
export function rememberingEmbedder() {
  const texts = new Map<string, string>();
  return {
    /** By vectors, as JSON. */
    texts,

    /** @param beforeAnswer what happens elsewhere while the model thinks, the first time that it is asked. */
    asked(beforeAnswer: () => Promise<void>): Embedder {
      let isAsked = false;
      return {
        id: 'remembering@2',
        dimensions: 2,
        async embed(some) {
          const vectors = some.map(vectorOf);
          for (const [index, text] of some.entries()) texts.set(JSON.stringify(vectors[index]), text);
          const isFirst = !isAsked;
          isAsked = true;
          if (isFirst) await beforeAnswer();
          return vectors;
        },
      };
    },
  };
}

function vectorOf(text: string): [number, number] {
  const hash = createHash('sha256').update(text).digest();
  return [hash.readInt32BE(0), hash.readInt32BE(4)];
}
