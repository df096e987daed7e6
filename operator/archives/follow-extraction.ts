import { type ExtractionView, toExtractionView } from '../../lib/api/index.ts';
import { CommitlaneError } from '../../lib/errors/index.ts';
import { readExtraction } from '../../lib/extraction-again/index.ts';
import type { SessionKey } from '../../lib/session/index.ts';
import type { Target, Work } from '../target/index.ts';

/** The extraction had not ended when the watch did; it goes on. */
export class ExtractionTimeoutError extends CommitlaneError {
  override readonly name = 'ExtractionTimeoutError';
  readonly code = 'extraction-timeout';
}

/** Another extraction of the archive was asked for meanwhile, and took the place of this one. */
class ExtractionOvertakenError extends CommitlaneError {
  override readonly name = 'ExtractionOvertakenError';
  readonly code = 'extraction-overtaken';
}

/** Between two looks. It grows while nothing happens. */
const FIRST_POLL_MS = 250;
const SLOWEST_POLL_MS = 5_000;
const SLOWER_EACH_TIME = 1.5;

/**
 * Waits until an extraction has come to an end: found, or merged where that is awaited, or failed.
 *
 * @param options.seen as it was before it was asked for: what it reads until then is no news.
 * @throws ExtractionTimeoutError after `timeoutMs`; ExtractionOvertakenError; ArchiveNotFoundError; the signal's reason.
 */
export async function followExtraction(
  target: Target,
  key: SessionKey,
  archive: number,
  {
    extractionId,
    awaits,
    seen,
    timeoutMs,
    signal,
  }: Pick<Work, 'signal'> & {
    readonly extractionId: string;
    readonly awaits: 'found' | 'merged';
    readonly seen?: ExtractionView;
    readonly timeoutMs: number;
  },
): Promise<ExtractionView> {
  const { clock } = target;
  const endsAtMs = clock.now() + timeoutMs;
  for (let pollMs = FIRST_POLL_MS; ; pollMs = Math.min(SLOWEST_POLL_MS, pollMs * SLOWER_EACH_TIME)) {
    const view = toExtractionView(archive, await readExtraction({ ...target, signal }, key, archive));
    if (view.extractionId === extractionId && hasEnded(view, awaits, seen)) return view;
    if (awaits === 'merged' && view.extractionId !== extractionId) {
      throw new ExtractionOvertakenError(
        `Another extraction of archive ${archive} was asked for meanwhile, and took the place of this one. Look at that one first.`,
      );
    }
    const leftMs = endsAtMs - clock.now();
    if (leftMs <= 0) {
      throw new ExtractionTimeoutError(
        `Archive ${archive} is still being extracted after ${timeoutMs / 1000} s. It goes on: give --timeout more, or look ` +
          'for its message with dlq list --queue follow-ups.',
      );
    }
    await clock.sleep(Math.min(pollMs, leftMs), signal);
  }
}

function hasEnded(
  view: ExtractionView,
  awaits: 'found' | 'merged',
  seen: ExtractionView | undefined,
): boolean {
  if (view.state === awaits || view.state === 'failed') return true;
  return awaits === 'merged' && view.failure !== undefined && view.failure.at !== seen?.failure?.at;
}
