import { html } from 'hono/html';
import type { Html } from './html.ts';

/** Fields that a form sends along unseen. */
export function hidden(fields: Iterable<readonly [name: string, value: string]>): Html {
  return html`${[...fields].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`;
}
