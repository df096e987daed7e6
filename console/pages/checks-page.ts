import { html } from 'hono/html';
import type { Check } from '../../operator/doctor/index.ts';
import { alert } from '../html/alert.ts';
import { badge } from '../html/badge.ts';
import { links } from '../html/links.ts';
import { table } from '../html/table.ts';
import type { Page } from './layout.ts';

/** What the checks have found. */
export function checksPage(checks: readonly Check[]): Page {
  const failed = checks.filter(({ status }) => status === 'failed').length;
  return {
    title: 'Checks',
    place: 'overview',
    body: html`
      ${failed === 0 ? alert('good', 'Nothing has failed.') : alert('bad', `${failed} of ${checks.length} checks failed.`)}
      ${table({
        caption: 'Checks',
        head: ['Part', 'State', 'What was found'],
        rows: checks.map(({ name, status, detail, whatToDo }) => [
          name,
          badge(status),
          html`${detail}${whatToDo !== undefined && html`<br><strong>${whatToDo}</strong>`}`,
        ]),
      })}
      <p>${links.to('/', 'Back to the overview')}</p>`,
  };
}
