import { html } from 'hono/html';
import type { LetterDocument, LettersDocument } from '../../operator/letters/index.ts';
import type { Desk } from '../desk.ts';
import { ago } from '../html/ago.ts';
import { alert } from '../html/alert.ts';
import { amount } from '../html/amount.ts';
import { choices } from '../html/choices.ts';
import { form } from '../html/form.ts';
import { hidden } from '../html/hidden.ts';
import type { Html } from '../html/html.ts';
import { letterAddress } from '../html/letter-address.ts';
import { links } from '../html/links.ts';
import { outlookText } from '../html/outlook-text.ts';
import { ownText } from '../html/own-text.ts';
import { table } from '../html/table.ts';
import { ages, type LetterQuery, looks } from '../letter-query.ts';
import type { Page } from './layout.ts';

/** Dead letters that fit, to look at or to choose from. */
export function lettersPage(
  desk: Pick<Desk, 'secrets' | 'clock' | 'replays'>,
  query: LetterQuery,
  { letters, unseen }: LettersDocument,
): Page {
  const { current } = desk.replays;
  return {
    title: 'Dead letters',
    place: 'letters',
    body: html`
      <p>Messages that failed for good. They stay here for 14 days; looking at them changes nothing.</p>
      ${current && alert('warning', html`A replay is running: ${links.to(links.replay(current.id), 'see its progress')}.`)}
      ${filterForm(query)}
      ${letters.length === 0 && html`<p>There are no such dead letters.</p>`}
      ${unseen > 0 && unseenNote(unseen)}
      ${letters.length + unseen > 0 && chooser(desk, query, letters)}`,
  };
}

function filterForm(query: LetterQuery): Html {
  const field = (name: 'tenant' | 'session' | 'commit' | 'reason', label: string) =>
    html`<p><label for="${name}">${label}</label> <input id="${name}" name="${name}" value="${query[name] ?? ''}" autocomplete="off" autocapitalize="none" spellcheck="false"></p>`;
  const queues = [
    ['', 'both'],
    ['commits', 'commits'],
    ['follow-ups', 'follow-ups'],
  ] as const;
  return html`<form method="get" action="/letters" class="line" aria-label="Which letters">
    <p><label for="queue">Queue</label> ${choices('queue', queues, query.queue ?? '')}</p>
    ${field('tenant', 'Tenant')} ${field('session', 'Session')} ${field('commit', 'Commit')} ${field('reason', 'Reason (code or words)')}
    <p><label for="olderThan">Dead for</label> ${choices('olderThan', ages, query.olderThan ?? '0')}</p>
    <p><label for="look">Look at</label> ${choices(
      'look',
      looks.map((look) => [look, `${look} of each queue`]),
      query.look ?? looks[0],
    )}</p>
    <p><button>Show these letters</button></p>
  </form>`;
}

function unseenNote(unseen: number): Html {
  return alert(
    'warning',
    html`${unseen === 1 ? 'There is 1 more letter' : `There are ${amount(unseen, 'more letter')}`} that the queues do not show now: behind others of
    the same session, held by another reader (for 30 seconds), or more than this page reads. A replay of
    all that match finds every one, and shows them before it sends any.`,
  );
}

function chooser(
  desk: Pick<Desk, 'secrets' | 'clock'>,
  query: LetterQuery,
  letters: readonly LetterDocument[],
): Html {
  const fields = Object.entries(query).filter((field): field is [string, string] => field[1] !== undefined);
  return form(
    desk,
    '/replays',
    html`${hidden(fields)}
    ${letters.length > 0 && letterTable(letters, desk.clock.now())}
    <p class="note">${amount(letters.length, 'letter')} shown. Nothing is sent before you have seen the plan.</p>
    <p class="buttons">
      ${letters.length > 0 && html`<button name="which" value="chosen">Plan a replay of the chosen…</button>`}
      <button name="which" value="all">Plan a replay of all that match…</button>
    </p>`,
  );
}

function letterTable(letters: readonly LetterDocument[], nowMs: number): Html {
  return table({
    caption: 'Dead letters',
    head: ['Letter', 'Queue', 'Session', 'Commit', 'Dead since', 'A replay', 'Reason'],
    rows: letters.map((letter) => {
      const { session, commit } = letterAddress(letter);
      return [
        html`<span class="choice"><input type="checkbox" name="letter" value="${letter.id}" aria-label="Choose letter ${letter.id}"> ${links.to(links.letter(letter.id), letter.id)}</span>`,
        letter.queue,
        session,
        commit,
        ago(letter.deadSince, nowMs),
        outlookText(letter),
        letter.reason ? html`<code>${letter.reason.code}</code> ${ownText(letter.reason.message)}` : '–',
      ];
    }),
  });
}
