import { html } from 'hono/html';
import type { Html } from '../html/html.ts';

/** Asks which session. */
export function sessionForm({
  tenant = '',
  session = '',
}: {
  readonly tenant?: string | undefined;
  readonly session?: string | undefined;
}): Html {
  return html`<form method="get" action="/sessions" class="line">
    <p><label for="tenant">Tenant</label> <input id="tenant" name="tenant" value="${tenant}" required maxlength="128" autocomplete="off" autocapitalize="none" spellcheck="false"></p>
    <p><label for="session">Session id</label> <input id="session" name="session" value="${session}" required maxlength="128" autocomplete="off" autocapitalize="none" spellcheck="false"></p>
    <p><button>Show the session</button></p>
  </form>`;
}
