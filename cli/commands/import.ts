import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { displayText } from '../../lib/text/index.ts';
import type { ImportOptions } from '../../lib/transfer/index.ts';
import type { Target } from '../../operator/target/index.ts';
import { InvalidImportError, importFiles, planFiles } from '../../operator/transfer/index.ts';
import type { Cli } from '../cli.ts';
import { confirm } from '../command/confirm.ts';
import { onTarget } from '../command/on-target.ts';
import { parseName } from '../command/parse-name.ts';
import { targetCommand } from '../command/target-command.ts';
import { requireTenant, tenantOf, tenantOption } from '../command/tenant-option.ts';
import { timeoutOption } from '../command/timeout-option.ts';
import { importLines, importPlanLines } from '../display/import-lines.ts';
import { withProgress } from '../display/with-progress.ts';
import { UsageError } from '../errors.ts';
import type { Outcome } from '../outcome.ts';

export function importHistories(cli: Cli) {
  return targetCommand(cli, {
    name: 'import',
    summary: 'bring histories into sessions, with their own times',
    details:
      "A file of JSON lines, or a folder with such files: each line a message (role, content, and optionally session, scope, title, id, at, metadata) or a conversation, in this stack's form, OpenAI's or Anthropic's. Without a session, the file's name is its id. All lines are checked before the first is written. It says what there is, and asks. Ctrl-C ends it between two requests; the same command continues, and stores nothing twice. It exits with 1 when something was not imported, or a commit failed.",
    example: 'commitlane import histories/ --tenant acme --scope ann --dry-run --local',
  })
    .argument('<path>', 'a .jsonl file, or a folder of them')
    .addOption(tenantOption())
    .option('--scope <scope>', 'whose memories sessions feed that do not say so themselves', parseName)
    .addOption(
      new Option(
        '--commit <when>',
        'commit each session when its messages are stored (each), all of them at the end, or none',
      )
        .choices(['each', 'end', 'none'] as const)
        .default('each' as const),
    )
    .addOption(timeoutOption('how long to wait for a commit: 90s, 15m'))
    .option('--rate <number>', 'at most so many messages a second, in the long run', parseRate)
    .option('--dry-run', 'only check the files, and compare them with what is stored')
    .option('--yes', 'do not ask')
    .action((path, { tenant, scope, commit, timeout, rate, dryRun = false, yes = false, ...options }) => {
      requireTenant(undefined, tenant, options);
      if (!dryRun && !yes && cli.stdin.isTTY !== true)
        throw new UsageError('There is no terminal to ask on: give --yes to continue, or --dry-run.');
      const wanted = { path, tenant, scope, dryRun, yes, json: options.json };
      const how = { commit, commitTimeoutMs: timeout, ratePerSecond: rate };
      return onTarget(cli, options, (target) =>
        importOn(cli, target, wanted, how).catch((error: unknown) => {
          if (error instanceof InvalidImportError) return problemsOutcome(error);
          throw error;
        }),
      );
    });
}

interface Wanted {
  readonly path: string;
  readonly tenant: string | undefined;
  readonly scope: string | undefined;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly json: true | undefined;
}

async function importOn(
  cli: Cli,
  target: Target,
  { path, scope, dryRun, yes, json, ...named }: Wanted,
  how: ImportOptions,
): Promise<Outcome> {
  const { signal } = cli;
  const tenant = tenantOf(undefined, named.tenant, target);
  const { plan, document: planned } = await withProgress(cli, (report) =>
    planFiles(target, { path, tenant, scope }, { signal, report }),
  );
  const isWell = planned.others.length === 0;
  const shown: Outcome = {
    document: { ...planned, dryRun },
    lines: (view) => importPlanLines(view, planned),
    isWell,
  };
  if (dryRun || !isWell) return shown;
  if (!json) await cli.show({ json }, shown);
  if (!yes && !(await confirm(cli, 'Import them?')))
    return { document: { ...planned, dryRun: true }, lines: () => ['Nothing was imported.'] };
  const done = await withProgress(cli, (report) => importFiles(target, plan, how, { signal, report }));
  return {
    document: { ...planned, dryRun, imported: done },
    lines: (view) => importLines(view, done),
    isWell: !done.stopped && done.commits.failed === 0,
  };
}

/** One line for each problem, so that many can be read. */
function problemsOutcome({ problems }: InvalidImportError): Outcome {
  return {
    document: { problems },
    lines: ({ colors }) => [
      'This cannot be imported, and nothing was written:',
      ...problems.map((problem) => colors.red(`  ${displayText(problem)}`)),
    ],
    isWell: false,
  };
}

const MAX_RATE = 100_000;

function parseRate(text: string): number {
  const rate = /^\d{1,6}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (rate > 0 && rate <= MAX_RATE) return rate;
  throw new InvalidArgumentError(
    `It must be a number of messages a second, above 0 and at most ${MAX_RATE}.`,
  );
}
