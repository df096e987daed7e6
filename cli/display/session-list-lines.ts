import type { SessionListDocument } from '../../operator/sessions/index.ts';
import { age, count } from '../../operator/words/index.ts';
import { displayText, table } from '../../terminal/index.ts';
import { stateColor } from './state-color.ts';
import type { View } from './view.ts';

export function sessionListLines(view: View, document: SessionListDocument, nowMs: number): string[] {
  const { colors } = view;
  const { sessions, unreadable, nextAfter } = document;
  const head = ['SESSION', 'SCOPE', 'ACTIVE', 'MESSAGES', 'LIVE', 'ARCHIVES', 'LAST COMMIT', 'TITLE'];
  const rows = sessions.map((session) => [
    session.sessionId,
    session.scope,
    `${age(nowMs - Date.parse(session.activeAt))} ago`,
    String(session.appendedMessages),
    session.liveAppends === 0 ? '-' : count(session.liveAppends, 'append'),
    String(session.archiveCount),
    session.lastCommit ? stateColor(view, session.lastCommit.state) : '-',
    displayText(session.title ?? ''),
  ]);
  return [
    ...(rows.length === 0
      ? [colors.dim('There are no sessions.')]
      : table([head, ...rows], { paintHeading: colors.dim })),
    ...(unreadable.length > 0
      ? [colors.yellow(`Not readable: ${unreadable.join(', ')}. commitlane verify says why.`)]
      : []),
    ...(nextAfter === undefined ? [] : [colors.dim('There are more: --limit says how many are listed.')]),
  ];
}
