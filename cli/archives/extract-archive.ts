import type { SessionKey } from '../../lib/session/index.ts';
import { applyExtraction, ExtractionTimeoutError, findExtraction } from '../../operator/archives/index.ts';
import type { Target } from '../../operator/target/index.ts';
import type { Cli } from '../cli.ts';
import { confirm } from '../command/confirm.ts';
import { withProgress } from '../display/with-progress.ts';
import { changesNothing } from './changes-nothing.ts';
import { type ExtractedArchive, foundOutcome } from './extracted-archive.ts';

export interface ExtractOptions {
  readonly json?: true | undefined;
  readonly dryRun: boolean;
  readonly yes: boolean;
  /** For each of the two waits: for the model, and for the merge. */
  readonly timeoutMs: number;
}

/**
 * Extracts one archive once more: shows what would change, and unless that is all, asks, and merges it. What changes
 * nothing is merged without a question, so that the archive names its model and prompt.
 *
 * @throws what the operations throw, but not that time is up, or that somebody stopped it.
 */
export async function extractArchive(
  cli: Cli,
  target: Target,
  key: SessionKey,
  archive: number,
  options: ExtractOptions,
): Promise<ExtractedArchive> {
  const { signal } = cli;
  const watch = { signal, timeoutMs: options.timeoutMs };
  const waiting = <T>(text: string, work: () => Promise<T>) =>
    withProgress(cli, (report) => {
      report({ text: `archive ${archive} ${text}` });
      return work();
    });
  try {
    const found = await waiting('is extracted', () => findExtraction(target, key, archive, watch));
    if (found === 'sent-again') return { archive, outcome: found };
    if (found.state === 'failed') return { archive, outcome: 'failed', extraction: found };
    if (!options.json) await cli.show(options, foundOutcome(found));
    if (options.dryRun) return { archive, outcome: 'found', extraction: found };
    const isSame = found.difference !== undefined && changesNothing(found.difference);
    if (!isSame && !options.yes && !(await confirm(cli, `Replace what archive ${archive} says?`)))
      return { archive, outcome: 'declined', extraction: found };
    const merged = await waiting('is merged', () => applyExtraction(target, key, found, watch));
    // The difference is of before.
    const extraction = { ...merged, ...(found.difference && { difference: found.difference }) };
    return { archive, outcome: merged.state === 'merged' ? 'merged' : 'failed', extraction };
  } catch (error) {
    const isStopped = signal.aborted && error === signal.reason;
    if (isStopped || error instanceof ExtractionTimeoutError) return { archive, outcome: 'running' };
    throw error;
  }
}
