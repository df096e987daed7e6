import {
  type Followed,
  type LetterDocument,
  prospects,
  type ReplayPlan,
} from '../../operator/letters/index.ts';
import { count } from '../../operator/words/index.ts';
import { displayText, shortText, table, visibleText } from '../../terminal/index.ts';
import type { View } from '../display/view.ts';
import { causeLines } from './cause-lines.ts';
import { unseenLines } from './letter-lines.ts';

type Plan = ReplayPlan<LetterDocument>;

/** What came of a replay. */
export interface ReplaySummary {
  readonly plan: Plan;
  readonly dryRun: boolean;
  /** Somebody was asked, and did not say yes. */
  readonly isDeclined: boolean;
  /** Somebody stopped it before its end. */
  readonly isStopped: boolean;
  readonly resent: number;
  /** Sent, and still on the dead-letter queue. */
  readonly notRemoved: number;
  /** Sent, and not noted on their commit: it reads dead-lettered until a worker takes it up. */
  readonly unrecorded: number;
  /** What became of those that were sent; absent when nobody waited. */
  readonly followed?: Followed;
}

export function replayDocument(summary: ReplaySummary) {
  const { plan, dryRun, isStopped, resent, notRemoved, unrecorded, followed } = summary;
  return {
    dryRun,
    stopped: isStopped,
    selected: plan.letters.length,
    resent,
    notRemoved,
    unrecorded,
    unreadable: plan.unreadable,
    unseen: plan.unseen,
    causes: plan.causes,
    ...(followed && { followed }),
    letters: plan.letters,
  };
}

export function replayLines(view: View, summary: ReplaySummary): string[] {
  return [
    ...(summary.dryRun ? planLines(view, summary.plan) : resultLines(view, summary)),
    ...(summary.followed ? followedLines(view, summary.followed) : []),
    ...restLines(view, summary),
  ];
}

function planLines({ colors }: View, { letters }: Plan): string[] {
  if (letters.length === 0) return ['Nothing would be replayed: no dead letter matches.'];
  const rows = letters.map((letter, index) => [
    String(index + 1),
    letter.queue,
    letter.session === undefined ? displayText(letter.group) : `${letter.tenant}/${letter.session}`,
    whatIn(letter),
    letter.prospect === 'works' ? prospects.works : colors.yellow(prospects[letter.prospect]),
  ]);
  return [
    ...table([['ORDER', 'QUEUE', 'SESSION', 'WHAT', 'A REPLAY'], ...rows], { paintHeading: colors.dim }),
    '',
    `${count(letters.length, 'dead letter')} would be replayed. Nothing was sent.`,
  ];
}

function whatIn({ commitId, archive }: LetterDocument): string {
  if (archive !== undefined) return `archive ${archive}`;
  return commitId === undefined ? 'unknown' : `commit ${commitId}`;
}

/** Of a body that nobody understands; `dlq show` has it whole. */
const BODY_COLUMNS = 100;

/** How many of those that died again are named. */
const NAMED = 10;

function followedLines(
  { colors }: View,
  { completed, deadAgain, ended, running, commits }: Followed,
): string[] {
  // None of them had anything left to do.
  if (commits.length === 0) return [];
  const said = [
    `${completed} completed`,
    `${deadAgain} failed again`,
    ...(ended > 0 ? [`${ended} ended otherwise`] : []),
    `${running} still running`,
  ].join(', ');
  const dead = commits.filter(({ outcome }) => outcome === 'dead-again');
  return [
    (deadAgain > 0 ? colors.red : running > 0 ? colors.yellow : colors.green)(`${said}.`),
    ...dead
      .slice(0, NAMED)
      .map(
        ({ tenant, session, commitId, detail = 'no reason was recorded' }) =>
          `  ${tenant}/${session} ${commitId}: ${displayText(detail)}`,
      ),
    ...(dead.length > NAMED ? [`  and ${dead.length - NAMED} more: dlq list shows them`] : []),
    ...(running > 0 ? ['The running commits continue: commits watch follows one.'] : []),
  ];
}

function resultLines({ colors }: View, summary: ReplaySummary): string[] {
  const { plan, isDeclined, isStopped, resent, notRemoved, unrecorded } = summary;
  if (isDeclined) return ['Nothing was sent.'];
  if (plan.letters.length === 0) return ['Nothing to replay: no dead letter matches.'];
  const said = `Replayed ${resent} of ${count(plan.letters.length, 'dead letter')}.`;
  return [
    isStopped ? colors.yellow(`Stopped. ${said} The others are where they were.`) : colors.green(said),
    ...(notRemoved > 0
      ? [
          colors.yellow(
            `${notRemoved} of them are still on the dead-letter queue: replaying them again changes nothing.`,
          ),
        ]
      : []),
    ...(unrecorded > 0
      ? [
          colors.yellow(
            `${unrecorded} of them could not be recorded on their commits, which read dead-lettered until a worker begins them.`,
          ),
        ]
      : []),
  ];
}

function restLines(view: View, { plan, dryRun }: ReplaySummary): string[] {
  const { colors } = view;
  return [
    ...(dryRun ? causeLines(view, plan.causes) : []),
    ...plan.unreadable.map(({ id, body }) =>
      colors.yellow(
        `Left where it is, because it cannot be understood: ${id} (${shortText(visibleText(body), BODY_COLUMNS)})`,
      ),
    ),
    ...(dryRun ? unseenLines(view, plan.unseen) : []),
  ];
}
