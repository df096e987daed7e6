import { displayText } from '../../terminal/index.ts';
import { count } from '../display/count.ts';
import { table } from '../display/table.ts';
import type { View } from '../display/view.ts';
import { letterDocument } from './letter-document.ts';
import { prospects, unseenLines } from './letter-lines.ts';
import type { ReplayPlan } from './plan-replay.ts';

/** What came of a replay. */
export interface ReplaySummary {
  readonly plan: ReplayPlan;
  readonly dryRun: boolean;
  /** Somebody was asked, and did not say yes. */
  readonly isDeclined: boolean;
  /** Somebody stopped it before its end. */
  readonly isStopped: boolean;
  readonly resent: number;
  /** Sent, and still on the dead-letter queue. */
  readonly notRemoved: number;
  /** Sent, and not on the timeline of their commit. */
  readonly unrecorded: number;
}

export function replayDocument({ plan, dryRun, isStopped, resent, notRemoved, unrecorded }: ReplaySummary) {
  return {
    dryRun,
    stopped: isStopped,
    selected: plan.letters.length,
    resent,
    notRemoved,
    unrecorded,
    unreadable: plan.unreadable.map(letterDocument),
    unseen: plan.unseen,
    letters: plan.letters.map(letterDocument),
  };
}

export function replayLines(view: View, summary: ReplaySummary): string[] {
  return [
    ...(summary.dryRun ? planLines(view, summary.plan) : resultLines(view, summary)),
    ...restLines(view, summary),
  ];
}

function planLines(view: View, { letters }: ReplayPlan): string[] {
  if (letters.length === 0) return ['Nothing would be replayed: no dead letter fits.'];
  const rows = letters
    .map(letterDocument)
    .map((letter, index) => [
      String(index + 1),
      letter.queue,
      `${letter.tenant}/${letter.session}`,
      letter.archive === undefined ? `commit ${letter.commitId}` : `archive ${letter.archive}`,
      letter.prospect === 'works' ? prospects.works : view.colors.yellow(prospects[letter.prospect]),
    ]);
  return [
    ...table(view, [['ORDER', 'QUEUE', 'SESSION', 'WHAT', 'A REPLAY'], ...rows]),
    '',
    `${count(letters.length, 'dead letter')} would be replayed. Nothing was sent.`,
  ];
}

function resultLines({ colors }: View, summary: ReplaySummary): string[] {
  const { plan, isDeclined, isStopped, resent, notRemoved, unrecorded } = summary;
  if (isDeclined) return ['Nothing was sent.'];
  if (plan.letters.length === 0) return ['Nothing to replay: no dead letter fits.'];
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
      ? [colors.yellow(`${unrecorded} of them could not be noted on their commits' timelines.`)]
      : []),
  ];
}

function restLines(view: View, { plan, dryRun }: ReplaySummary): string[] {
  const { colors } = view;
  return [
    ...plan.unreadable.map(({ letter }) =>
      colors.yellow(
        `Left where it is, as nobody can understand it: ${letter.id} (${displayText(letter.body)})`,
      ),
    ),
    ...(dryRun ? unseenLines(view, plan.unseen) : []),
  ];
}
