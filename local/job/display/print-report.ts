import type { MemoryView } from '../../../lib/client/index.ts';
import { displayText, type Terminal, wrapText } from '../../../terminal/index.ts';
import type { JobResult, SessionResult } from '../run/job-result.ts';
import type { StoredArchive } from '../run/stored-session.ts';
import type { JobProblem } from '../verify/job-problem.ts';
import { count } from './count.ts';
import type { LanguageNote } from './language-notes.ts';

const KIBIBYTE = 1024;

/** Shows archives and summaries by session, memories by scope and category, what to know of them, and whether all is well. */
export function printReport(
  terminal: Terminal,
  result: JobResult,
  notes: readonly LanguageNote[] = [],
): void {
  for (const session of result.sessions) printSession(terminal, session);
  const names = new Map(
    result.sessions.map(({ conversation }) => [conversation.sessionId, conversation.name]),
  );
  for (const { scope, memories } of result.memories) printMemories(terminal, scope, memories, names);
  terminal.line();
  for (const { message } of notes) printWrapped(terminal, message, '', terminal.colors.yellow);
  if (result.problems.length === 0) printSuccess(terminal, result);
  else printProblems(terminal, result.problems);
}

function printSession(terminal: Terminal, { conversation, stored }: SessionResult): void {
  const { colors } = terminal;
  terminal.line();
  terminal.line(
    `${colors.bold(displayText(conversation.name))}  ${colors.dim(`session ${stored.sessionId}`)}`,
  );
  for (const archive of stored.archives) printArchive(terminal, archive);
}

function printArchive(terminal: Terminal, archive: StoredArchive): void {
  const { colors } = terminal;
  const { messageCount, from, to, bytes } = archive;
  const facts = `${count(messageCount, 'message')}, positions ${from} to ${to}, ${(bytes / KIBIBYTE).toFixed(1)} KiB`;
  terminal.line(`  ${colors.green(`Archive ${archive.archive}`)}  ${colors.dim(facts)}`);
  printWrapped(terminal, archive.summary ?? `(no summary: the follow-up is ${archive.followUp})`, '    ');
}

const headings: ReadonlyMap<string, string> = new Map(
  Object.entries({
    profile: 'Profile',
    preference: 'Preferences',
    entity: 'People, places and things',
    event: 'Events',
    case: 'Cases',
    pattern: 'Patterns',
  }),
);

function printMemories(
  terminal: Terminal,
  scope: string,
  memories: readonly MemoryView[],
  names: ReadonlyMap<string, string>,
): void {
  const { colors } = terminal;
  terminal.line();
  terminal.line(colors.bold(`Memories of ${displayText(scope)}`));
  if (memories.length === 0) terminal.line(colors.dim('  none'));
  for (const [category, ofCategory] of Map.groupBy(memories, (memory) => memory.category)) {
    terminal.line(`  ${colors.green(headings.get(category) ?? category)}`);
    for (const memory of ofCategory) {
      printWrapped(terminal, memory.text ?? '(taken back)', '    ');
      printWrapped(terminal, `${memory.key}, ${inWords(memory.by, names)}`, '      ', colors.dim);
    }
  }
}

function inWords(by: MemoryView['by'], names: ReadonlyMap<string, string>): string {
  if (by.kind === 'archive') return `from ${names.get(by.session) ?? by.session} ${by.archive}`;
  return by.kind === 'person' ? `entered by ${displayText(by.who)}` : 'from earlier sessions';
}

function printSuccess(terminal: Terminal, { sessions }: JobResult): void {
  const messages = sessions.reduce((sum, { conversation }) => sum + conversation.messages.length, 0);
  const archives = sessions.reduce((sum, { stored }) => sum + stored.archives.length, 0);
  const text = `All is well: ${count(messages, 'message')} of ${count(sessions.length, 'session')} in ${count(archives, 'archive')}, each exactly once, in order and as it was sent; nothing is live; every archive has its summary.`;
  printWrapped(terminal, text, '', terminal.colors.green);
}

const SHOWN_PROBLEMS = 30;

function printProblems(terminal: Terminal, problems: readonly JobProblem[]): void {
  const { colors } = terminal;
  terminal.line(colors.red(`${count(problems.length, 'problem')}:`));
  for (const { kind, session, message } of problems.slice(0, SHOWN_PROBLEMS)) {
    printWrapped(
      terminal,
      `${kind}: ${session === undefined ? '' : `${session}: `}${message}`,
      '  ',
      colors.red,
    );
  }
  const more = problems.length - SHOWN_PROBLEMS;
  if (more > 0) terminal.line(`  and ${more} more (--once --json lists all)`);
}

function printWrapped(
  terminal: Terminal,
  text: string,
  indent: string,
  color: (line: string) => string = String,
): void {
  for (const line of wrapText(displayText(text), terminal.columns - indent.length)) {
    terminal.line(`${indent}${color(line)}`);
  }
}
