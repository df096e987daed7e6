import type { CommitView, TimelineEntryView } from '../../lib/api/index.ts';
import { displayText } from '../../terminal/index.ts';
import { stateColor } from './state-color.ts';
import type { View } from './view.ts';

/** A commit with its whole timeline. */
export function commitLines(view: View, commit: CommitView): string[] {
  const { colors } = view;
  const { commitId, state, archive, through, keepRecent, reason } = commit;
  const asked = [
    through === undefined
      ? 'takes the messages that are live when it runs'
      : `takes up to position ${through}`,
    ...(keepRecent > 0 ? [`leaves ${keepRecent} messages live`] : []),
    ...(archive === undefined ? [] : [`is archive ${archive}`]),
    ...(reason === undefined ? [] : [`because: ${displayText(reason)}`]),
  ];
  return [
    `${colors.bold(commitId)}  ${stateColor(view, state)}`,
    `  ${asked.join(', ')}`,
    ...commit.timeline.map((entry) => timelineLine(view, entry, commit.requestedAt)),
  ];
}

/** One entry: when it was, how long after the request, what it was, and why. */
export function timelineLine(
  view: View,
  { at, event, detail, step, attempt }: TimelineEntryView,
  requestedAt: string,
): string {
  const { colors } = view;
  const afterMs = Date.parse(at) - Date.parse(requestedAt);
  const which = [attempt && `attempt ${attempt}`, step].filter((part) => part !== undefined).join(', ');
  const why = [which, detail].filter((part) => part).join(': ');
  return `  ${colors.dim(at)}  ${colors.dim(`+${afterMs} ms`.padStart(12))}  ${stateColor(view, event)}${why && `  ${displayText(why)}`}`;
}
