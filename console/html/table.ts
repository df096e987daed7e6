import { html } from 'hono/html';
import type { Html } from './html.ts';

type Cell = Html | string | number;

/** A table whose first cells name their rows. It scrolls by itself where it is too wide, and is a list on small screens. */
export function table({
  caption,
  head,
  rows,
}: {
  /** Says what it is to those who do not see where it stands. */
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}): Html {
  const row = ([name = '', ...cells]: readonly Cell[]) =>
    html`<tr><th scope="row">${name}</th>${cells.map((cell, index) => html`<td data-label="${head[index + 1]}"><div>${cell}</div></td>`)}</tr>`;
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table>
    <caption class="unseen">${caption}</caption>
    <thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
    <tbody>${rows.map(row)}</tbody>
  </table></div>`;
}
