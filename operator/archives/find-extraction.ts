import type { ExtractionView } from '../../lib/api/index.ts';
import { requestExtraction } from '../../lib/extraction-again/index.ts';
import type { SessionKey } from '../../lib/session/index.ts';
import type { Target, Work } from '../target/index.ts';
import { followExtraction } from './follow-extraction.ts';

/**
 * Extracts an archive once more, and waits for what is found. Nothing is changed.
 *
 * @returns 'sent-again' where the archive's follow-up was not completed: that was asked for instead.
 * @throws ArchiveNotFoundError; QueueUnavailableError; what `followExtraction` throws.
 */
export async function findExtraction(
  target: Target,
  key: SessionKey,
  archive: number,
  watch: Pick<Work, 'signal'> & { readonly timeoutMs: number },
): Promise<ExtractionView | 'sent-again'> {
  const asked = await requestExtraction(target, key, archive, { dryRun: true });
  if ('followUp' in asked) return asked.followUp;
  const { extractionId } = asked;
  return followExtraction(target, key, archive, { ...watch, extractionId, awaits: 'found' });
}
