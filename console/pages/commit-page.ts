import { html } from 'hono/html';
import type { CommitView } from '../../lib/api/index.ts';
import { isRunning, mayTake, type SessionKey } from '../../lib/session/index.ts';
import type { Desk } from '../desk.ts';
import { form } from '../html/form.ts';
import { hidden } from '../html/hidden.ts';
import type { Html } from '../html/html.ts';
import { links } from '../html/links.ts';
import { commitDetails } from './commit-details.ts';
import type { Page } from './layout.ts';

/** One that was asked for just now is looked at often, one that has waited for long is not. */
const SOON_MS = 60_000;
const OFTEN_SECONDS = 2;
const RARELY_SECONDS = 15;

/** @param isStill whether the page stays as it is, although the commit goes on. */
export function commitPage(
  desk: Pick<Desk, 'secrets' | 'clock'>,
  key: SessionKey,
  commit: CommitView,
  isStill: boolean,
): Page {
  const goesOn = isRunning(commit.state);
  const nowMs = desk.clock.now();
  const isNew = nowMs - Date.parse(commit.requestedAt) < SOON_MS;
  const isCancellable = mayTake('cancel', commit);
  const address = links.commit(key, commit.commitId);
  return {
    title: `Commit ${commit.commitId}`,
    place: 'sessions',
    ...(goesOn && !isStill && { refreshSeconds: isNew ? OFTEN_SECONDS : RARELY_SECONDS }),
    body: html`
      ${goesOn && refreshNote(address, isStill)}
      ${commitDetails(key, commit, nowMs)}
      ${
        isCancellable &&
        html`<h2>Cancel it</h2>
        <p>No worker has begun it. Its messages stay live, and the next commit of the session takes them.</p>
        ${form(desk, '/commits/cancel', html`${hidden(Object.entries({ ...key, commit: commit.commitId }))}<p><button>Cancel this commit…</button></p>`)}`
      }`,
  };
}

function refreshNote(address: string, isStill: boolean): Html {
  return isStill
    ? html`<p class="note">It has not ended. ${links.to(address, 'Keep this page up to date')}</p>`
    : html`<p class="note">It has not ended: this page keeps itself up to date. ${links.to(`${address}&still=yes`, 'Hold it still')}</p>`;
}
