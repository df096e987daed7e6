import { createHash } from 'node:crypto';
import { estimateTokens } from '../tokens/index.ts';
import {
  type Background,
  backgroundBlocks,
  digested,
  fenced,
  fencedBy,
  INTRODUCTION,
  introduced,
  summaryTitle,
} from './background-blocks.ts';

/**
 * Memories and summaries as one text for a model, as data between marks, which texts in them cannot end. The same
 * memories and summaries make the same text, so that a provider may cache it.
 *
 * @returns undefined where there are none.
 */
export function background(known: Background): string | undefined {
  return introduced(
    backgroundBlocks(known).map((block) =>
      fenced(block, createHash('sha256').update(digested(block)).digest('hex')),
    ),
  );
}

/** What the lines around memories take, and those around a summary. */
export const frameTokens = estimateTokens(
  `${INTRODUCTION}\n\n${fencedBy('0123456789abcdef', summaryTitle(999_999), '')}`,
);
