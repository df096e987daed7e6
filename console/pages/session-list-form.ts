import { html } from 'hono/html';
import type { Html } from '../html/html.ts';

/** Asks whose sessions to list. */
export function sessionListForm({
  tenant = '',
  scope = '',
}: {
  readonly tenant?: string | undefined;
  readonly scope?: string | undefined;
}): Html {
  return html`<form method="get" action="/sessions" class="line">
    <p><label for="list-tenant">Tenant</label> <input id="list-tenant" name="tenant" value="${tenant}" required maxlength="128" autocomplete="off" autocapitalize="none" spellcheck="false"></p>
    <p><label for="list-scope">Scope, if only one</label> <input id="list-scope" name="scope" value="${scope}" maxlength="128" autocomplete="off" autocapitalize="none" spellcheck="false"></p>
    <p><button>List sessions</button></p>
  </form>`;
}
