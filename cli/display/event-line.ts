import type { CommitEventDetail, CommitlaneEvent, MemoryEventDetail } from '../../lib/events/index.ts';
import { displayText } from '../../terminal/index.ts';
import { stateColor } from './state-color.ts';
import type { View } from './view.ts';

/** One event on one line: when it happened, what, whose, and of what. */
export function eventLine(view: View, event: CommitlaneEvent): string {
  const { colors } = view;
  const what = event.type === 'memory.changed' ? ofMemory(view, event) : ofCommit(view, event);
  return [colors.dim(event.at), ...what].join('  ');
}

function ofCommit(view: View, { type, tenant, session, commitId, archive, detail }: CommitEventDetail) {
  return [
    `commit ${stateColor(view, type.slice('commit.'.length))}`,
    `${tenant}/${session}`,
    commitId,
    ...(archive === undefined ? [] : [`archive ${archive}`]),
    ...(detail === undefined ? [] : [view.colors.dim(displayText(detail))]),
  ];
}

function ofMemory({ colors }: View, { tenant, scope, category, key, after }: MemoryEventDetail) {
  const says = after === undefined ? 'is gone' : (after.text ?? 'was taken back');
  return ['memory changed', `${tenant}/${scope}`, `${category}/${key}`, colors.dim(displayText(says))];
}
