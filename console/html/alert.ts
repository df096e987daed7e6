import { html } from 'hono/html';
import type { Html } from './html.ts';

/** Something to read before anything else. */
export function alert(kind: 'good' | 'warning' | 'bad', body: Html | string): Html {
  return html`<div class="alert ${kind}" role="${kind === 'bad' ? 'alert' : 'status'}">${body}</div>`;
}
