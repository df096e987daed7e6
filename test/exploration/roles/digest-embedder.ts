import type { Embedder, Vector } from '../../../lib/embedding/index.ts';
import { hashPair } from '../world/content-hash.ts';

/** An embedder whose vectors say which text they are of; what a memory's text has in front, its name, does not count. */
export const digestEmbedder: Embedder = {
  id: 'digest@2',
  dimensions: 2,
  embed: async (texts) => texts.map((text) => digestOf(text.slice(text.indexOf(': ') + 2))),
};

/** The vector of a text without its name. */
export const digestOf = (text: string): Vector => hashPair(text);
