import { html } from 'hono/html';
import type { Html } from './html.ts';

/** What somebody else has written: isolated, so that its direction does not change that of the text around it. */
export function ownText(text: string): Html {
  return html`<bdi>${text}</bdi>`;
}
