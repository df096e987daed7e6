import { html } from 'hono/html';
import type { LetterView } from '../port/letter-view.ts';
import type { Html } from './html.ts';

/** What a replay would do; marked unless it is what was asked for. */
export function outlookText({ prospect, outlook }: Pick<LetterView, 'prospect' | 'outlook'>): Html {
  return prospect === 'works' ? html`${outlook}` : html`<strong class="warning">${outlook}</strong>`;
}
