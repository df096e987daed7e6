import type { SessionKey } from '../../lib/session/index.ts';
import type { Target } from '../../operator/target/index.ts';
import { count } from '../../operator/words/index.ts';
import type { Cli } from '../cli.ts';
import { noteOn } from '../command/note-on.ts';
import { type ExtractOptions, extractArchive } from './extract-archive.ts';
import { type ExtractedArchive, endedOutcome, isWell } from './extracted-archive.ts';

/**
 * Extracts archives once more, one after the other, and shows what came of each, and how many there were. It ends with the
 * first that fails, or that is not known in time: the next would most likely fare the same, and models cost.
 */
export async function extractArchives(
  cli: Cli,
  target: Target,
  key: SessionKey,
  { archives, ...options }: ExtractOptions & { readonly archives: readonly number[] },
): Promise<void> {
  const done: ExtractedArchive[] = [];
  let next: number | undefined;
  for (const archive of archives) {
    const one = await extractArchive(cli, target, key, archive, options).catch((error) => {
      if (archives.length > 1)
        noteOn(cli)(`It ended at archive ${archive}. Continue with --from ${archive}.`);
      throw error;
    });
    done.push(one);
    if (!options.json) await cli.show(options, endedOutcome(one));
    next = isWell(one) ? undefined : archive;
    if (next !== undefined) break;
  }
  const counts = countsOf(done);
  const { dryRun } = options;
  const document = { stack: target.stackName, ...key, dryRun, counts, archives: done };
  await cli.show(options, {
    document: { ...document, ...(next !== undefined && { next }) },
    lines: () =>
      archives.length === 1
        ? []
        : [summaryOf(counts), ...(next === undefined ? [] : [`Continue with --from ${next}.`])],
    isWell: next === undefined,
  });
}

type Counts = Readonly<Record<ExtractedArchive['outcome'], number>>;

function countsOf(done: readonly ExtractedArchive[]): Counts {
  const of = (outcome: ExtractedArchive['outcome']) => done.filter((one) => one.outcome === outcome).length;
  return {
    found: of('found'),
    merged: of('merged'),
    declined: of('declined'),
    'sent-again': of('sent-again'),
    failed: of('failed'),
    running: of('running'),
  };
}

function summaryOf(counts: Counts): string {
  const all = Object.values(counts).reduce((sum, number) => sum + number, 0);
  const words: Readonly<Record<keyof Counts, string>> = {
    found: 'shown',
    merged: 'replaced',
    declined: 'left as they are',
    'sent-again': 'followed up instead',
    failed: 'failed',
    running: 'under way',
  };
  const parts = Object.entries(words).flatMap(([outcome, word]) => {
    const number = counts[outcome as keyof Counts];
    return number > 0 ? [`${number} ${word}`] : [];
  });
  return `${count(all, 'archive')}: ${parts.join(', ')}.`;
}
