import { type RedactionMode, redact } from '../redaction/index.ts';
import { cleanText } from '../text/index.ts';
import type { Embedder } from './embedder.ts';

/** The same embedder, which in the mode `model` is given no secrets, as the language model is given none. */
export function withRedactedTexts(embedder: Embedder, mode: RedactionMode): Embedder {
  if (mode !== 'model') return embedder;
  return {
    ...embedder,
    // Before they are cut, and clean: half a secret, or one with a character in it that is taken out later, would not be seen.
    embed: (texts, options) =>
      embedder.embed(
        texts.map((text) => redact(cleanText(text)).text),
        options,
      ),
  };
}
