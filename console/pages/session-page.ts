import { html } from 'hono/html';
import type { ArchiveView, CommitView } from '../../lib/api/index.ts';
import type { SessionDocument } from '../../operator/sessions/index.ts';
import { ago } from '../html/ago.ts';
import { alert } from '../html/alert.ts';
import { amount } from '../html/amount.ts';
import { badge } from '../html/badge.ts';
import { facts } from '../html/facts.ts';
import type { Html } from '../html/html.ts';
import { links } from '../html/links.ts';
import { ownText } from '../html/own-text.ts';
import { table } from '../html/table.ts';
import type { Page } from './layout.ts';
import { sessionForm } from './session-form.ts';

/** A session: what is live, who is at work on it, its newest commits and archives. */
export function sessionPage(session: SessionDocument, nowMs: number): Page {
  const { commits, archives, archiveCount, sealed } = session;
  const [latest] = commits;
  return {
    title: `Session ${session.session}`,
    place: 'sessions',
    body: html`
      ${sessionForm(session)}
      ${sealed && alert('warning', html`A commit is running, or its worker has died: archive ${sealed.archive} (positions ${sealed.from} to ${sealed.to}) was sealed ${ago(sealed.sealedAt, nowMs)} by ${links.to(links.commit(session, sealed.commitId), sealed.commitId)}, and is not finished.`)}
      ${facts([
        ['Tenant', ownText(session.tenant)],
        ['Title', session.title === undefined ? undefined : ownText(session.title)],
        ['Scope', links.to(links.sessions({ tenant: session.tenant, scope: session.scope }), session.scope)],
        [
          'Memories',
          html`${links.to(links.memories({ tenant: session.tenant, scope: session.scope }), 'of its scope')}; it feeds them ${categoryWords(session.memoryCategories)}`,
        ],
        ['Automatic', policyWords(session.autoCommit)],
        ['Created', ago(session.createdAt, nowMs)],
        ['Active', session.activeAt === undefined ? undefined : ago(session.activeAt, nowMs)],
        ['Live', liveWords(session)],
        ['Archived', `${amount(archiveCount, 'archive')}, up to position ${session.committedThrough}`],
        ['Lease', leaseWords(session, nowMs)],
        ['Claims', String(session.fence)],
        [
          'Latest commit',
          latest &&
            html`${links.to(links.commit(session, latest.commitId), latest.commitId)} ${badge(latest.state)}, requested ${ago(latest.requestedAt, nowMs)}`,
        ],
        [
          'Dead letters',
          links.to(
            `/letters?${new URLSearchParams({ tenant: session.tenant, session: session.session })}`,
            'of this session',
          ),
        ],
      ])}
      <h2>Commits</h2>
      ${commits.length === 0 ? html`<p>No commits are known.</p>` : commitTable(session, nowMs)}
      <h2 id="archives">Archives</h2>
      ${archives.length === 0 ? html`<p>There are no archives.</p>` : archiveTable(session, nowMs)}
      ${archiveCount > archives.length && html`<p class="note">The newest ${archives.length} of ${amount(archiveCount, 'archive')}.</p>`}`,
  };
}

function categoryWords(categories: SessionDocument['memoryCategories']): string {
  if (categories === undefined) return 'with all categories';
  return categories.length === 0 ? 'nothing' : `with ${categories.join(', ')}`;
}

/** Thresholds by their names in the API. */
function policyWords(policy: SessionDocument['autoCommit']): string {
  if (!policy) return 'no: it is committed only on request';
  const set = Object.entries(policy).filter(([, value]) => value !== null);
  return `commits by ${set.map(([name, value]) => `${name} ${value}`).join(', ')}`;
}

function liveWords({ lastPosition, committedThrough, live }: SessionDocument): string {
  if (lastPosition <= committedThrough) return 'nothing';
  return `${amount(live.messages, 'message')}, positions ${committedThrough + 1} to ${lastPosition}`;
}

function leaseWords({ lease, leaseStore }: SessionDocument, nowMs: number): Html | string {
  if (leaseStore !== 'dynamodb') return `in ${leaseStore}: not shown`;
  if (!lease) return 'free';
  const { owner, expiresAt } = lease;
  return Date.parse(expiresAt) > nowMs
    ? html`held by ${ownText(owner)}, expires ${ago(expiresAt, nowMs)} unless it is renewed`
    : html`expired ${ago(expiresAt, nowMs)}, last held by ${ownText(owner)}`;
}

function commitTable(session: SessionDocument, nowMs: number): Html {
  const rows = session.commits.map(({ commitId, state, archive, requestedAt, reason }: CommitView) => [
    links.to(links.commit(session, commitId), commitId),
    badge(state),
    archive ?? '–',
    ago(requestedAt, nowMs),
    reason === undefined ? '' : ownText(reason),
  ]);
  return html`${table({ caption: 'Newest commits', head: ['Commit', 'State', 'Archive', 'Requested', 'Why'], rows })}
  <p class="note">The newest ${rows.length}, each kept for 30 days.</p>`;
}

function archiveTable(session: SessionDocument, nowMs: number): Html {
  const head = ['Archive', 'Positions', 'Messages', 'Sealed', 'By', 'Follow-up', 'Summary'];
  const rows = session.archives.map(
    ({ archive, from, to, messageCount, sealedAt, commitId, followUp, summary }: ArchiveView) => [
      String(archive),
      `${from} to ${to}`,
      messageCount,
      ago(sealedAt, nowMs),
      links.to(links.commit(session, commitId), commitId),
      badge(followUp),
      summary === undefined
        ? 'none'
        : html`<details><summary><bdi class="short">${summary}</bdi></summary><p class="prose">${ownText(summary)}</p></details>`,
    ],
  );
  return table({ caption: 'Newest archives', head, rows });
}
