import type { Prospect } from '../../lib/dead-letters/index.ts';
import { type LetterDocument, type LettersDocument, prospects } from '../../operator/letters/index.ts';
import { age, count } from '../../operator/words/index.ts';
import { displayText, shortText, table, visibleText } from '../../terminal/index.ts';
import type { View } from '../display/view.ts';

const REASON_COLUMNS = 60;

const short: Readonly<Record<Prospect, string>> = {
  works: 'works',
  overtaken: 'behind newer commits',
  behind: 'behind newer archives',
  'takes-later': 'takes later messages too',
  done: 'ended already',
  gone: 'session is gone',
  unreadable: 'cannot be understood',
};

/** A line for each letter, and how many there are that were not seen. */
export function letterLines(view: View, { letters, unseen }: LettersDocument, nowMs: number): string[] {
  const { colors } = view;
  if (letters.length === 0) return ['There are no such dead letters.', ...unseenLines(view, unseen)];
  const rows = letters.map((letter) => [
    displayText(letter.id),
    letter.queue,
    letter.session === undefined ? displayText(letter.group) : `${letter.tenant}/${letter.session}`,
    letter.commitId ?? '-',
    age(nowMs - Date.parse(letter.deadSince)),
    letter.prospect === 'works' ? short.works : colors.yellow(short[letter.prospect]),
    shortText(
      letter.reason ? displayText(`${letter.reason.code}: ${letter.reason.message}`) : '-',
      REASON_COLUMNS,
    ),
  ]);
  return [
    ...table([['LETTER', 'QUEUE', 'SESSION', 'COMMIT', 'DEAD FOR', 'REPLAY', 'REASON'], ...rows], {
      paintHeading: colors.dim,
    }),
    '',
    `${count(letters.length, 'dead letter')}.`,
    ...unseenLines(view, unseen),
  ];
}

/** A FIFO queue shows only the first letters of a session. */
export function unseenLines({ colors }: View, unseen: number): string[] {
  if (unseen === 0) return [];
  const are = unseen === 1 ? 'is 1 more' : `are ${unseen} more`;
  return [
    colors.yellow(
      `There ${are} that the queue does not show now: behind others of the same session (--deep shows those), ` +
        'held by another command (for 30 s), or more than --limit.',
    ),
  ];
}

/** Everything about one letter. */
export function letterDetailLines(view: View, letter: LetterDocument, nowMs: number): string[] {
  const { colors } = view;
  const { tenant, session, commitId, archive, through, reason } = letter;
  const facts: [string, string | undefined][] = [
    ['queue', letter.queue],
    ['session', session === undefined ? undefined : `${session} of ${tenant}`],
    ['group', letter.group],
    ['commit', commitId && `${commitId}${letter.commitState === undefined ? '' : `, ${letter.commitState}`}`],
    ['archive', archive === undefined ? undefined : String(archive)],
    ['through', through === undefined ? undefined : String(through)],
    ['dead for', `${age(nowMs - Date.parse(letter.deadSince))}, since ${letter.deadSince}`],
    ['reason', reason && `${reason.code}: ${reason.message}`],
    ['replay', prospects[letter.prospect]],
  ];
  return [
    colors.bold(displayText(letter.id)),
    ...facts.flatMap(([name, value]) =>
      value === undefined ? [] : [`  ${colors.dim(name.padEnd(9))} ${displayText(value)}`],
    ),
    `  ${colors.dim('body')}`,
    `    ${visibleText(letter.body)}`,
  ];
}
