import {
  type MemoryHistoryDocument,
  type StatementDocument,
  statementWords,
} from '../../operator/memories/index.ts';
import { age } from '../../operator/words/index.ts';
import { displayText, wrapText } from '../../terminal/index.ts';
import type { View } from '../display/view.ts';
import { authorWords } from './author-words.ts';
import { memoryName } from './memory-list-lines.ts';

const INDENT = 4;
/** More sessions are counted, not named. */
const NAMED_SESSIONS = 5;

/** A memory, and its history: what, when, by whom, and from which archive and message. */
export function memoryLines(view: View, memory: MemoryHistoryDocument, nowMs: number): string[] {
  const { colors } = view;
  const ago = (at: string) => `${at} (${age(nowMs - Date.parse(at))} ago)`;
  const facts = [
    ['said', `${ago(memory.saidAt)}, by ${authorWords(memory.by)}`],
    ['sure', String(memory.confidence)],
    ['first', ago(memory.firstSeenAt)],
    ['last', ago(memory.lastSeenAt)],
  ] as const;
  return [
    colors.bold(`${memoryName(memory)} of ${memory.scope} (${memory.tenant})`),
    ...(memory.text === undefined
      ? [`  ${colors.yellow('It was taken back: it is not used.')}`]
      : paragraph(view, memory.text, 2)),
    ...facts.map(([name, value]) => `  ${colors.dim(name.padEnd(5))} ${displayText(value)}`),
    '',
    colors.dim('HISTORY, the newest first'),
    ...memory.history.flatMap((statement) => statementLines(view, statement)),
  ];
}

function statementLines(view: View, statement: StatementDocument): string[] {
  const { colors } = view;
  const { saidAt, text, isInForce } = statement;
  const what = isInForce ? `${statementWords(statement)} (in force)` : statementWords(statement);
  const heading = displayText(`${saidAt} ${what}, by ${sourceWords(statement)}`);
  return [
    `  ${isInForce ? colors.bold(heading) : heading}`,
    ...(text === undefined ? [] : paragraph(view, text, INDENT)),
  ];
}

function sourceWords({ by, alsoFrom = [] }: StatementDocument): string {
  const author = by.kind === 'archive' ? `${authorWords(by)}, message ${by.messageId}` : authorWords(by);
  const model = by.kind === 'archive' ? ` (${[by.model, by.promptVersion].filter(Boolean).join(', ')})` : '';
  const named = alsoFrom.slice(0, NAMED_SESSIONS).join(', ');
  const more = alsoFrom.length > NAMED_SESSIONS ? ` and ${alsoFrom.length - NAMED_SESSIONS} more` : '';
  return `${author}${model}${alsoFrom.length > 0 ? `; with words of ${named}${more}` : ''}`;
}

function paragraph({ columns }: View, text: string, indent: number): string[] {
  return wrapText(displayText(text), columns - indent).map((line) => `${' '.repeat(indent)}${line}`);
}
