import { html } from 'hono/html';
import { type LetterDocument, prospects } from '../../operator/letters/index.ts';
import type { Html } from './html.ts';

/** What a replay would do; marked unless it is what was asked for. */
export function outlookText({ prospect }: Pick<LetterDocument, 'prospect'>): Html {
  const outlook = prospects[prospect];
  return prospect === 'works' ? html`${outlook}` : html`<strong class="warning">${outlook}</strong>`;
}
