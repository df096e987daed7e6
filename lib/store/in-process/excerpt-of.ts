import type { Manifest, ManifestExcerpt, ManifestPart } from '../../archive/index.ts';

/** The parts of a manifest that a reader of many wants. */
export function excerptOf<Part extends ManifestPart>(
  { chunks, followUp: { state, summary, embedding }, ...head }: Manifest,
  parts: readonly Part[],
): ManifestExcerpt<Part> {
  const wants = (part: ManifestPart) => parts.some((one) => one === part);
  const followUp = {
    state,
    ...(wants('summary') && summary && { summary }),
    ...(wants('embedding') && embedding && { embedding }),
  };
  return { ...head, ...(wants('chunks') && { chunks }), followUp } as ManifestExcerpt<Part>;
}
