import { html } from 'hono/html';
import type { CommitView, TimelineEntryView } from '../../lib/api/index.ts';
import type { SessionKey } from '../../lib/session/index.ts';
import { ago } from '../html/ago.ts';
import { badge } from '../html/badge.ts';
import { facts } from '../html/facts.ts';
import type { Html } from '../html/html.ts';
import { links } from '../html/links.ts';
import { ownText } from '../html/own-text.ts';
import { table } from '../html/table.ts';

/** A commit, and everything that happened to it. */
export function commitDetails(key: SessionKey, commit: CommitView, nowMs: number): Html {
  const { state, archive, through, keepRecent, reason, requestedAt, timeline } = commit;
  return html`
    ${facts([
      ['State', badge(state)],
      ['Session', html`${links.to(links.session(key), key.session)} of ${ownText(key.tenant)}`],
      ['Requested', ago(requestedAt, nowMs)],
      [
        'Takes',
        through === undefined ? 'the messages that are live when it runs' : `up to position ${through}`,
      ],
      ['Leaves live', keepRecent > 0 ? `${keepRecent} messages at least` : undefined],
      ['Archive', archive === undefined ? 'none yet' : String(archive)],
      ['Why', reason === undefined ? undefined : ownText(reason)],
    ])}
    <h2>Timeline</h2>
    ${table({
      caption: 'Timeline of the commit',
      head: ['What', 'When', 'After', 'Details'],
      rows: timeline.map((entry) => timelineRow(entry, requestedAt)),
    })}`;
}

function timelineRow(
  { at, event, detail, step, attempt, durationMs }: TimelineEntryView,
  requestedAt: string,
): Html[] {
  const afterMs = Date.parse(at) - Date.parse(requestedAt);
  const which = [
    attempt === undefined ? undefined : `attempt ${attempt}`,
    step,
    durationMs === undefined ? undefined : `took ${durationMs} ms`,
  ].filter((part) => part !== undefined);
  return [
    badge(event),
    html`<time datetime="${at}">${at}</time>`,
    html`<span class="number">+${afterMs} ms</span>`,
    html`${which.join(', ')}${which.length > 0 && detail !== undefined ? ': ' : ''}${detail !== undefined && ownText(detail)}`,
  ];
}
