import { html } from 'hono/html';
import type { Html } from './html.ts';

const kinds: Readonly<Record<string, string>> = {
  archived: 'good',
  completed: 'good',
  ok: 'good',
  works: 'good',
  queued: 'busy',
  committing: 'busy',
  retrying: 'busy',
  pending: 'busy',
  skipped: 'warning',
  cancelled: 'warning',
  warning: 'warning',
  'dead-lettered': 'bad',
  failed: 'bad',
};

/** A state, in the colour of how good it is. */
export function badge(state: string): Html {
  return html`<span class="badge ${kinds[state] ?? 'plain'}">${state}</span>`;
}
