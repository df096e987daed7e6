import { html } from 'hono/html';
import type { ListedSessionView } from '../../lib/api/index.ts';
import type { SessionListDocument } from '../../operator/sessions/index.ts';
import { ago } from '../html/ago.ts';
import { alert } from '../html/alert.ts';
import { amount } from '../html/amount.ts';
import { badge } from '../html/badge.ts';
import type { Html } from '../html/html.ts';
import { links } from '../html/links.ts';
import { ownText } from '../html/own-text.ts';
import { table } from '../html/table.ts';
import type { Page } from './layout.ts';
import { sessionForm } from './session-form.ts';
import { sessionListForm } from './session-list-form.ts';

/** The sessions of a tenant or a scope, newest activity first. */
export function sessionListPage(list: SessionListDocument, nowMs: number): Page {
  const { tenant, scope, sessions, unreadable, nextAfter } = list;
  return {
    title: scope === undefined ? `Sessions of ${tenant}` : `Sessions of ${scope}`,
    place: 'sessions',
    body: html`
      ${sessionListForm(list)}
      ${sessionForm({ tenant })}
      ${unreadable.length > 0 && alert('warning', html`Sessions that cannot be read: ${unreadable.map((session) => html`${ownText(session)} `)}. <code>commitlane verify</code> says why.`)}
      ${sessions.length === 0 ? html`<p>There are no sessions here.</p>` : sessionTable(tenant, sessions, nowMs)}
      ${nextAfter !== undefined && html`<p>${links.to(links.sessions({ tenant, scope, after: nextAfter }), 'Sessions that were active earlier')}</p>`}`,
  };
}

function sessionTable(tenant: string, sessions: readonly ListedSessionView[], nowMs: number): Html {
  const head = ['Session', 'Title', 'Scope', 'Active', 'Messages', 'Live', 'Archives', 'Last commit'];
  const rows = sessions.map((session) => {
    const key = { tenant, session: session.sessionId };
    const { lastCommit } = session;
    return [
      links.to(links.session(key), session.sessionId),
      session.title === undefined ? '' : ownText(session.title),
      ownText(session.scope),
      ago(session.activeAt, nowMs),
      session.appendedMessages,
      session.liveAppends === 0 ? 'nothing' : amount(session.liveAppends, 'append'),
      session.archiveCount,
      lastCommit
        ? html`${links.to(links.commit(key, lastCommit.commitId), lastCommit.commitId)} ${badge(lastCommit.state)}`
        : 'none',
    ];
  });
  return table({ caption: 'Sessions', head, rows });
}
