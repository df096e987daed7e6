import type { ExtractionView } from '../../lib/api/index.ts';
import { requestExtraction } from '../../lib/extraction-again/index.ts';
import type { SessionKey } from '../../lib/session/index.ts';
import type { Target, Work } from '../target/index.ts';
import { followExtraction } from './follow-extraction.ts';

/**
 * Merges what was found of an archive, and waits for it.
 *
 * @throws FoundExtractionGoneError; QueueUnavailableError; what `followExtraction` throws.
 */
export async function applyExtraction(
  target: Target,
  key: SessionKey,
  found: ExtractionView,
  watch: Pick<Work, 'signal'> & { readonly timeoutMs: number },
): Promise<ExtractionView> {
  const { archive, extractionId = '' } = found;
  await requestExtraction(target, key, archive, { apply: extractionId });
  return followExtraction(target, key, archive, { ...watch, extractionId, awaits: 'merged', seen: found });
}
