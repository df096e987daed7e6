import { isDeepStrictEqual } from 'node:util';
import { digestOf } from '../roles/digest-embedder.ts';
import type { Invariant } from './invariant.ts';

/** At every moment, a memory that has a vector has that of its text; and a vector is of a memory that is there. */
export const vectorsOfTexts: Invariant = {
  name: 'vectors-of-texts',
  afterStep({ before, after }) {
    if (before.memories === after.memories) return undefined;
    const { memories, vectors } = after.memories;
    for (const [name, { vector }] of vectors) {
      const text = memories.get(name)?.text;
      if (text === undefined) return `there is a vector of memory '${name}', which says nothing`;
      if (!isDeepStrictEqual(vector, digestOf(text)))
        return `the vector of memory '${name}' is not that of '${text}'`;
    }
    return undefined;
  },
};
