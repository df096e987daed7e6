import type { ExtractionDifferenceView } from '../../lib/client/index.ts';

/** Whether an archive would say the same. */
export function changesNothing({ added, changed, removed }: ExtractionDifferenceView): boolean {
  return added.length + changed.length + removed.length === 0;
}
