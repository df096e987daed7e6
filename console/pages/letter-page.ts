import { html } from 'hono/html';
import type { LetterDetails } from '../../operator/letters/index.ts';
import type { Desk } from '../desk.ts';
import { ago } from '../html/ago.ts';
import { badge } from '../html/badge.ts';
import { facts } from '../html/facts.ts';
import { form } from '../html/form.ts';
import { hidden } from '../html/hidden.ts';
import { letterAddress } from '../html/letter-address.ts';
import { outlookText } from '../html/outlook-text.ts';
import { ownText } from '../html/own-text.ts';
import { commitDetails } from './commit-details.ts';
import type { Page } from './layout.ts';

/** Everything about one letter, and about its commit. */
export function letterPage(desk: Pick<Desk, 'secrets' | 'clock'>, letter: LetterDetails): Page {
  const nowMs = desk.clock.now();
  const address = letterAddress(letter);
  const { tenant, session, reason, archive, through, commit, commitState } = letter;
  return {
    title: `Dead letter ${letter.id}`,
    place: 'letters',
    body: html`
      ${facts([
        ['Queue', letter.queue],
        ['Session', address.session],
        ['Group', ownText(letter.group)],
        ['Commit', html`${address.commit} ${commitState !== undefined && badge(commitState)}`],
        ['Archive', archive === undefined ? undefined : String(archive)],
        ['Takes', through === undefined ? undefined : `up to position ${through}`],
        ['Dead since', ago(letter.deadSince, nowMs)],
        ['Reason', reason && html`<code>${reason.code}</code> ${ownText(reason.message)}`],
        ['A replay', outlookText(letter)],
      ])}
      ${
        letter.prospect !== 'unreadable' &&
        form(
          desk,
          '/replays',
          html`${hidden([
            ['which', 'chosen'],
            ['letter', letter.id],
          ])}<p><button>Plan a replay of this letter…</button></p>`,
        )
      }
      <h2>Its body</h2>
      <pre class="scroll" tabindex="0">${letter.body}</pre>
      ${commit && tenant !== undefined && session !== undefined && html`<h2>Its commit</h2>${commitDetails({ tenant, session }, commit, nowMs)}`}`,
  };
}
