import { html } from 'hono/html';
import { alert } from '../html/alert.ts';
import type { Html } from '../html/html.ts';

/** Why functions do not take the limits that are set; nothing when they do. */
export function limitProblems(problems: readonly string[]): Html {
  if (problems.length === 0) return html``;
  return alert(
    'bad',
    html`<p>Functions reject the limits that are set: they keep the last good ones, or the defaults.</p>
    <ul>${problems.map((problem) => html`<li>${problem}</li>`)}</ul>`,
  );
}
