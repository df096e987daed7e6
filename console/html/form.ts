import { html } from 'hono/html';
import type { Desk } from '../desk.ts';
import { FORM_TOKEN } from '../security/guard-form.ts';
import type { Html } from './html.ts';

/** A form that is sent by POST, with what shows that it is of this console. */
export function form({ secrets }: Pick<Desk, 'secrets'>, action: string, body: Html): Html {
  return html`<form method="post" action="${action}">
    <input type="hidden" name="${FORM_TOKEN}" value="${secrets.form}">${body}
  </form>`;
}
