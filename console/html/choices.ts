import { html } from 'hono/html';
import type { Html } from './html.ts';

/** A list to choose one from. */
export function choices(
  id: string,
  options: Iterable<readonly [value: string, text: string]>,
  chosen: string,
): Html {
  return html`<select id="${id}" name="${id}">${[...options].map(
    ([value, text]) =>
      html`<option value="${value}" ${value === chosen ? html`selected` : ''}>${text}</option>`,
  )}</select>`;
}
