import { html } from 'hono/html';
import { NOT_SET } from '../../lib/limits/index.ts';
import type { LimitChange } from '../../operator/limits/index.ts';
import type { Desk } from '../desk.ts';
import { alert } from '../html/alert.ts';
import { amount } from '../html/amount.ts';
import { form } from '../html/form.ts';
import { hidden } from '../html/hidden.ts';
import { links } from '../html/links.ts';
import { ownText } from '../html/own-text.ts';
import { table } from '../html/table.ts';
import type { Page } from './layout.ts';

/** Shows what a change of limits would do, and asks for it. @param isStale what was shown before is not so any more. */
export function reviewPage(
  desk: Pick<Desk, 'secrets' | 'operations'>,
  changes: readonly LimitChange[],
  isStale: boolean,
): Page {
  const cancel = links.to('/limits', changes.length === 0 ? 'Back to the limits' : 'Change nothing');
  if (changes.length === 0)
    return {
      title: 'Nothing to change',
      place: 'limits',
      body: html`<p>They have these values already: nothing was written.</p><p>${cancel}</p>`,
    };
  const fields = changes.flatMap(({ name, before, after }): [string, string][] => [
    [name, after],
    [`was:${name}`, before],
  ]);
  return {
    title: 'Change these limits?',
    place: 'limits',
    body: html`
      ${isStale && alert('warning', 'Somebody has changed a limit since your review, and nothing was written. These are the current values.')}
      ${table({
        caption: 'Limits before and after',
        head: ['Limit', 'Before', 'After'],
        rows: changes.map(({ name, before, after, value }) => [
          html`<code>${name}</code>`,
          ownText(before),
          html`<strong>${ownText(after === NOT_SET ? `${value} (as deployed)` : after)}</strong>`,
        ]),
      })}
      <p>The whole set is then valid on <strong>${desk.operations.stack.name}</strong>. Nothing was written yet.</p>
      ${form(desk, '/limits', html`${hidden(fields)}<p><button class="danger">Change ${amount(changes.length, 'limit')}</button> ${cancel}</p>`)}`,
  };
}
