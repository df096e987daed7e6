import { html } from 'hono/html';
import type { CommitState } from '../../lib/session/index.ts';
import type { Html } from './html.ts';

const kindsOfStates: Readonly<Record<CommitState, string>> = {
  archived: 'good',
  completed: 'good',
  queued: 'busy',
  committing: 'busy',
  retrying: 'busy',
  empty: 'plain',
  skipped: 'warning',
  cancelled: 'warning',
  'dead-lettered': 'bad',
};
const kinds: Readonly<Record<string, string>> = {
  ...kindsOfStates,
  ok: 'good',
  works: 'good',
  pending: 'busy',
  warning: 'warning',
  failed: 'bad',
};

/** A state, in the colour of how good it is. */
export function badge(state: string): Html {
  return html`<span class="badge ${kinds[state] ?? 'plain'}">${state}</span>`;
}
