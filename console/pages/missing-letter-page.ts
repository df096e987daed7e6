import { html } from 'hono/html';
import type { Desk } from '../desk.ts';
import { amount } from '../html/amount.ts';
import { form } from '../html/form.ts';
import { hidden } from '../html/hidden.ts';
import type { Page } from './layout.ts';
import { problemPage } from './problem-page.ts';

/** A letter that the queues do not show: perhaps there is none, perhaps it is behind others. */
export function missingLetterPage(desk: Pick<Desk, 'secrets'>, id: string, unseen: number): Page {
  const isHidden = unseen > 0;
  const message = `There is no dead letter ‘${id}’${isHidden ? ' among those that the queues show now' : ': it was replayed, or its 14 days are over'}.`;
  return problemPage(
    'Not found',
    message,
    isHidden
      ? html`<p>${amount(unseen, 'letter')} were not seen. To see those behind others of their session, each letter is moved to the end of its queue.</p>
        ${form(desk, '/letters/one', html`${hidden([['id', id]])}<p><button>Look behind the others, too</button></p>`)}`
      : undefined,
  );
}
