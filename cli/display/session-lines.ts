import type { ArchiveView, CommitView } from '../../lib/api/index.ts';
import { displayText } from '../../local/job/display/display-text.ts';
import { age } from './age.ts';
import { count } from './count.ts';
import { stateColor } from './state-color.ts';
import { table } from './table.ts';
import type { View } from './view.ts';

export interface SessionDocument {
  readonly tenant: string;
  readonly session: string;
  readonly scope: string;
  readonly memoryCategories: readonly string[];
  readonly createdAt: string;
  /** The last position that was handed out. */
  readonly lastPosition: number;
  readonly committedThrough: number;
  readonly archiveCount: number;
  readonly fence: number;
  readonly live: { readonly messages: number };
  readonly leaseStore: string;
  readonly sealed?: {
    readonly archive: number;
    readonly from: number;
    readonly to: number;
    readonly commitId: string;
    readonly sealedAt: string;
  };
  readonly lease?: { readonly owner: string; readonly expiresAt: string };
  /** Newest first. */
  readonly commits: readonly CommitView[];
  readonly archives: readonly ArchiveView[];
}

const SUMMARY_CHARACTERS = 70;

export function sessionLines(view: View, session: SessionDocument, nowMs: number): string[] {
  const { colors } = view;
  const ago = (at: string) => `${age(nowMs - Date.parse(at))} ago`;
  const { sealed } = session;
  const facts: [string, string][] = [
    ['scope', session.scope],
    ['created', `${session.createdAt} (${ago(session.createdAt)})`],
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
      : table(view, [
          ['COMMIT', 'STATE', 'ARCHIVE', 'ASKED FOR', 'WHY'],
          ...session.commits.map((commit) => [
            commit.commitId,
            stateColor(view, commit.state),
            commit.archive === undefined ? '-' : String(commit.archive),
            ago(commit.requestedAt),
            displayText(commit.reason ?? ''),
          ]),
        ])),
    '',
    ...(session.archives.length === 0
      ? [colors.dim('There are no archives.')]
      : table(view, [
          ['ARCHIVE', 'POSITIONS', 'MESSAGES', 'FOLLOW-UP', 'SUMMARY'],
          ...session.archives.map((archive) => [
            String(archive.archive),
            `${archive.from} to ${archive.to}`,
            String(archive.messageCount),
            stateColor(view, archive.followUp),
            shortened(displayText(archive.summary ?? '')),
          ]),
        ])),
  ];
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
