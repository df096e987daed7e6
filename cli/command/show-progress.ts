import type { CommitView } from '../../lib/api/index.ts';
import { endedWell } from '../../operator/commits/index.ts';
import type { Cli } from '../cli.ts';
import { commitLines, timelineLine } from '../display/commit-lines.ts';

/**
 * Shows a commit as it changes: its new timeline entries line by line, or with `--json` one document at the end. The
 * outcome is well when the commit completed, or had nothing to take.
 */
export async function showProgress(
  cli: Cli,
  options: { readonly json?: true | undefined },
  changes: AsyncIterable<CommitView>,
): Promise<void> {
  let last: CommitView | undefined;
  for await (const commit of changes) {
    const known = last?.timeline.length;
    if (!options.json) {
      await cli.show(options, {
        document: commit,
        lines: (view) =>
          known === undefined
            ? commitLines(view, commit)
            : commit.timeline.slice(known).map((entry) => timelineLine(view, entry, commit.requestedAt)),
      });
    }
    last = commit;
  }
  if (last) await cli.show(options, { document: last, lines: () => [], isWell: endedWell(last.state) });
}
