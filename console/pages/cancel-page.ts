import { html } from 'hono/html';
import type { SessionKey } from '../../lib/session/index.ts';
import type { Desk } from '../desk.ts';
import { form } from '../html/form.ts';
import { hidden } from '../html/hidden.ts';
import { links } from '../html/links.ts';
import { ownText } from '../html/own-text.ts';
import type { Page } from './layout.ts';

/** Asks whether a commit is to be cancelled. */
export function cancelPage(desk: Pick<Desk, 'secrets'>, key: SessionKey, commitId: string): Page {
  const fields = Object.entries({ ...key, commit: commitId, confirmed: 'yes' });
  return {
    title: 'Cancel a commit?',
    place: 'sessions',
    body: html`
      <p>Commit <strong>${ownText(commitId)}</strong> of session ${ownText(key.session)} (tenant ${ownText(key.tenant)}) will not run, unless a worker has begun it.
      Nothing is lost: its messages stay live. Cancelling cannot be undone, but another commit can be requested.</p>
      ${form(desk, '/commits/cancel', html`${hidden(fields)}<p><button class="danger">Cancel the commit</button> ${links.to(links.commit(key, commitId), 'Keep it')}</p>`)}`,
  };
}
