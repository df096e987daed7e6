import { html } from 'hono/html';
import type { Page } from './layout.ts';
import { sessionForm } from './session-form.ts';
import { sessionListForm } from './session-list-form.ts';

/** Asks which sessions to list, or which one to show. */
export function sessionsPage(): Page {
  return {
    title: 'Sessions',
    place: 'sessions',
    body: html`
      <p>A session belongs to a tenant: the <code>tenant</code> claim of the tokens that its messages came with.</p>
      ${sessionListForm({})}
      ${sessionForm({})}`,
  };
}
