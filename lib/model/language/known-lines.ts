import { estimateTokens } from '../../tokens/index.ts';
import type { KnownMemory } from '../model.ts';

/** Known memories as a model reads them, one a line, with `"by":"person"` where a person wrote one; as many as fit, from the first. */
export function knownLines(known: readonly KnownMemory[], maxTokens: number): string {
  const lines: string[] = [];
  let tokens = 0;
  for (const { category, key, text, by } of known) {
    const line = JSON.stringify({ category, key, text, by });
    tokens += estimateTokens(line) + 1;
    if (tokens > maxTokens) break;
    lines.push(line);
  }
  return lines.join('\n');
}
