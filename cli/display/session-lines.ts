import type { SessionDocument } from '../../operator/sessions/index.ts';
import { age, count } from '../../operator/words/index.ts';
import { displayText, table } from '../../terminal/index.ts';
import { stateColor } from './state-color.ts';
import type { View } from './view.ts';

const SUMMARY_CHARACTERS = 70;

export function sessionLines(view: View, session: SessionDocument, nowMs: number): string[] {
  const { colors } = view;
  const headed = { paintHeading: colors.dim };
  const ago = (at: string) => `${age(nowMs - Date.parse(at))} ago`;
  const { sealed } = session;
  const facts: [string, string][] = [
    ...(session.title === undefined ? [] : [['title', session.title] as [string, string]]),
    ['scope', session.scope],
    ...(session.autoCommit ? [['automatic', policyWords(session.autoCommit)] as [string, string]] : []),
    ['created', `${session.createdAt} (${ago(session.createdAt)})`],
    ...(session.activeAt === undefined
      ? []
      : [['active', `${session.activeAt} (${ago(session.activeAt)})`] as [string, string]]),
    [
      'live',
      session.lastPosition > session.committedThrough
        ? `${count(session.live.messages, 'message')}, positions ${session.committedThrough + 1} to ${session.lastPosition}`
        : 'nothing',
    ],
    ['archived', `${count(session.archiveCount, 'archive')}, up to position ${session.committedThrough}`],
    ['lease', describeLease(session, nowMs)],
    ['claims', String(session.fence)],
    ...(sealed
      ? [
          [
            'sealed',
            `archive ${sealed.archive}, positions ${sealed.from} to ${sealed.to}, by ${sealed.commitId}, ${ago(sealed.sealedAt)}`,
          ] as [string, string],
        ]
      : []),
  ];
  return [
    colors.bold(`${session.session} of ${session.tenant}`),
    ...facts.map(([name, value]) => `  ${colors.dim(name.padEnd(9))} ${displayText(value)}`),
    '',
    ...(session.commits.length === 0
      ? [colors.dim('No commits are known.')]
      : table(
          [
            ['COMMIT', 'STATE', 'ARCHIVE', 'REQUESTED', 'WHY'],
            ...session.commits.map((commit) => [
              commit.commitId,
              stateColor(view, commit.state),
              commit.archive === undefined ? '-' : String(commit.archive),
              ago(commit.requestedAt),
              displayText(commit.reason ?? ''),
            ]),
          ],
          headed,
        )),
    '',
    ...(session.archives.length === 0
      ? [colors.dim('There are no archives.')]
      : table(
          [
            ['ARCHIVE', 'POSITIONS', 'MESSAGES', 'FOLLOW-UP', 'SUMMARY'],
            ...session.archives.map((archive) => [
              String(archive.archive),
              `${archive.from} to ${archive.to}`,
              String(archive.messageCount),
              stateColor(view, archive.followUp),
              shortened(displayText(archive.summary ?? '')),
            ]),
          ],
          headed,
        )),
  ];
}

/** Thresholds by their names in the API; those that are switched off are left out. */
function policyWords(policy: object): string {
  return Object.entries(policy)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

function describeLease({ lease, leaseStore }: SessionDocument, nowMs: number): string {
  if (leaseStore !== 'dynamodb') return `in ${leaseStore}: not shown`;
  if (!lease) return 'free';
  const leftMs = Date.parse(lease.expiresAt) - nowMs;
  return leftMs > 0
    ? `held by ${lease.owner} for ${age(leftMs)} more`
    : `expired, last held by ${lease.owner}`;
}

function shortened(text: string): string {
  return text.length <= SUMMARY_CHARACTERS ? text : `${text.slice(0, SUMMARY_CHARACTERS - 1)}…`;
}
