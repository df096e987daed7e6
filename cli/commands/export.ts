import type { Writable } from 'node:stream';
import type { Target } from '../../operator/target/index.ts';
import { type ExportChoice, type ExportDocument, exportLines } from '../../operator/transfer/index.ts';
import { count } from '../../operator/words/index.ts';
import { displayText } from '../../terminal/index.ts';
import type { Cli } from '../cli.ts';
import { noteOn } from '../command/note-on.ts';
import { openTarget } from '../command/open-target.ts';
import { parseName } from '../command/parse-name.ts';
import { targetCommand } from '../command/target-command.ts';
import { requireTenant, tenantOf, tenantOption } from '../command/tenant-option.ts';
import { withNewFile } from '../command/with-new-file.ts';
import { withProgress } from '../display/with-progress.ts';
import { UsageError } from '../errors.ts';

export function exportHistories(cli: Cli) {
  return targetCommand(cli, {
    name: 'export',
    summary: 'copy sessions to JSON lines that import reads',
    details:
      'Of a session, or of all sessions of a scope: every message, archived or live, in order and as it is stored. To standard output, or to a new file, which is written whole or not at all. With --memories, the memories of the scope, too, to be read: import skips them, and commits find them again.',
    example: 'commitlane export --scope ann --tenant acme --output ann.jsonl --local',
  })
    .addOption(tenantOption())
    .option('--session <session>', 'this session', parseName)
    .option('--scope <scope>', 'all sessions of this scope', parseName)
    .option('--memories', 'also the memories of the scope')
    .option('--output <file>', 'a new file; default: standard output')
    .action(async ({ tenant, session, scope, memories = false, output, ...options }) => {
      if ((session === undefined) === (scope === undefined))
        throw new UsageError('Export what? Give either --session or --scope.');
      if (memories && scope === undefined)
        throw new UsageError('--memories needs --scope: memories are of a scope, not of a session.');
      if (options.json && output === undefined)
        throw new UsageError('--json needs --output: without it, the export itself is printed.');
      requireTenant(session, tenant, options);
      using target = await openTarget(cli, options);
      const whose = tenantOf(session, tenant, target);
      const choice: ExportChoice =
        session === undefined ? { tenant: whose, scope: scope ?? '', memories } : { tenant: whose, session };
      const exportTo = exporting(cli, target, choice);
      const document =
        output === undefined
          ? await exportTo((line) => write(cli.stdout, line))
          : await withNewFile(output, exportTo);
      const lines = linesOf(document, output);
      if (output === undefined) {
        for (const line of lines) noteOn(cli)(line);
      }
      await cli.show(output === undefined ? {} : options, {
        document: { ...(output !== undefined && { file: output }), ...document },
        lines: () => (output === undefined ? [] : lines),
        isWell: document.unreadable.length === 0,
      });
    });
}

function exporting(cli: Cli, target: Target, choice: ExportChoice) {
  return (take: (line: string) => Promise<void>): Promise<ExportDocument> =>
    withProgress(cli, (report) => exportLines(target, choice, take, { signal: cli.signal, report }));
}

function linesOf(
  { sessions, messages, memories, unreadable }: ExportDocument,
  output: string | undefined,
): string[] {
  const what = `${count(messages, 'message')} of ${count(sessions, 'session')}`;
  const more = memories > 0 ? ` and ${memories} of the scope's memories` : '';
  return [
    `${displayText(output ?? 'The standard output')} holds ${what}${more}.`,
    ...unreadable.map(
      (one) => `Session ${displayText(one)} cannot be read, and is left out: verify says why.`,
    ),
  ];
}

/** Resolves when the text has been handed to the system, so that no more than that is in memory. */
function write(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
