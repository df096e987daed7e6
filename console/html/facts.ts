import { html } from 'hono/html';
import type { Html } from './html.ts';

/** Names with what they are; those that are undefined are left out. */
export function facts(rows: readonly (readonly [name: string, value: Html | string | undefined])[]): Html {
  return html`<dl class="facts">
    ${rows.map(([name, value]) => value !== undefined && html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}
