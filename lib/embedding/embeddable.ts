import { cleanText, shortened } from '../text/index.ts';
import { estimateTokens } from '../tokens/index.ts';

/**
 * In UTF-16 units, for any model: Cohere's models on Bedrock refuse more than 2,048 characters
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed-v3.html). Others take more, such as 50,000 characters
 * with Titan Text Embeddings V2, but a long text has too many meanings for one direction.
 */
const MAX_LENGTH = 2_000;

/** Control characters that are taken out may be many. */
const LOOKED_AT = 4 * MAX_LENGTH;

/** Servers refuse an empty text, and with it all texts of the request. */
const NOTHING = '.';

/**
 * The beginning of a text, as it is sent to an embedding model: clean, and never empty.
 *
 * @param maxTokens estimated. Default as many as 2,000 UTF-16 units have.
 */
export function embeddable(text: string, maxTokens = Number.POSITIVE_INFINITY): string {
  let sent = shortened(cleanText(text.slice(0, LOOKED_AT)).trim(), MAX_LENGTH);
  for (let tokens = estimateTokens(sent); tokens > maxTokens; tokens = estimateTokens(sent)) {
    // At least one less each time, though tokens are not spread evenly.
    sent = shortened(sent, Math.min(sent.length - 1, Math.floor((sent.length * maxTokens) / tokens)));
  }
  return sent === '' ? NOTHING : sent;
}
