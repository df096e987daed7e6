import { Command } from '@commander-js/extra-typings';
import { configuredCommand } from '../terminal/index.ts';
import type { Cli } from './cli.ts';
import { group } from './command/group.ts';
import { append } from './commands/append.ts';
import { archivesExtract } from './commands/archives/extract.ts';
import { commit } from './commands/commit.ts';
import { commitsCancel } from './commands/commits/cancel.ts';
import { commitsShow } from './commands/commits/show.ts';
import { commitsWatch } from './commands/commits/watch.ts';
import { operatorConsole } from './commands/console.ts';
import { dlqExport } from './commands/dlq/export.ts';
import { dlqList } from './commands/dlq/list.ts';
import { dlqReplay } from './commands/dlq/replay.ts';
import { dlqShow } from './commands/dlq/show.ts';
import { doctor } from './commands/doctor.ts';
import { eventsTail } from './commands/events/tail.ts';
import { exportHistories } from './commands/export.ts';
import { importHistories } from './commands/import.ts';
import { limitsDiff } from './commands/limits/diff.ts';
import { limitsGet } from './commands/limits/get.ts';
import { limitsHistory } from './commands/limits/history.ts';
import { limitsList } from './commands/limits/list.ts';
import { limitsReset } from './commands/limits/reset.ts';
import { limitsRollback } from './commands/limits/rollback.ts';
import { limitsSet } from './commands/limits/set.ts';
import { mcp } from './commands/mcp.ts';
import { memoriesEdit } from './commands/memories/edit.ts';
import { memoriesErase } from './commands/memories/erase.ts';
import { memoriesForget } from './commands/memories/forget.ts';
import { memoriesList } from './commands/memories/list.ts';
import { memoriesRestore } from './commands/memories/restore.ts';
import { memoriesSearch } from './commands/memories/search.ts';
import { memoriesShow } from './commands/memories/show.ts';
import { searchBackfill } from './commands/search/backfill.ts';
import { sessionsList } from './commands/sessions/list.ts';
import { sessionsSearch } from './commands/sessions/search.ts';
import { sessionsShow } from './commands/sessions/show.ts';
import { token } from './commands/token.ts';
import { verify } from './commands/verify.ts';

/** Every command of `commitlane`. */
export function makeProgram(cli: Cli): Command {
  const sessions = [sessionsList(cli), sessionsShow(cli), sessionsSearch(cli)];
  const commits = [commitsShow(cli), commitsWatch(cli), commitsCancel(cli)];
  const memories = [
    memoriesList(cli),
    memoriesSearch(cli),
    memoriesShow(cli),
    memoriesEdit(cli),
    memoriesForget(cli),
    memoriesRestore(cli),
    memoriesErase(cli),
  ];
  const dlq = [dlqList(cli), dlqShow(cli), dlqReplay(cli), dlqExport(cli)];
  const limits = [
    limitsList(cli),
    limitsGet(cli),
    limitsSet(cli),
    limitsReset(cli),
    limitsRollback(cli),
    limitsDiff(cli),
    limitsHistory(cli),
  ];
  const program = configuredCommand(new Command('commitlane'), cli)
    .description(
      'Inspects and repairs a Commitlane stack: sessions, commits, memories, dead letters and limits.',
    )
    .addHelpText(
      'after',
      '\nTo run a stack on this machine: commitlane start (commitlane start --help lists its options).\n' +
        '\nExit codes: 0 all is well, 1 it failed or found something wrong, 2 the command line is wrong, 130 stopped.\n' +
        '\nExample:\n  commitlane doctor --local',
    );
  for (const command of [
    group(cli, { name: 'sessions', summary: 'show sessions', commands: sessions }),
    group(cli, { name: 'commits', summary: 'show, watch and cancel commits', commands: commits }),
    group(cli, { name: 'memories', summary: 'show and correct memories', commands: memories }),
    append(cli),
    commit(cli),
    importHistories(cli),
    exportHistories(cli),
    group(cli, {
      name: 'archives',
      summary: "extract archives' memories once more",
      commands: [archivesExtract(cli)],
    }),
    group(cli, {
      name: 'search',
      summary: 'embed what cannot be found by meaning yet',
      commands: [searchBackfill(cli)],
    }),
    group(cli, { name: 'events', summary: 'follow what happens', commands: [eventsTail(cli)] }),
    group(cli, { name: 'dlq', summary: 'show and replay dead letters', commands: dlq }),
    group(cli, { name: 'limits', summary: 'show and change the limits', commands: limits }),
    verify(cli),
    doctor(cli),
    token(cli),
    operatorConsole(cli),
    mcp(cli),
  ]) {
    program.addCommand(command);
  }
  return program;
}
