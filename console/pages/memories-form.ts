import { html } from 'hono/html';
import type { Html } from '../html/html.ts';

/** Asks whose memories to list, and which. */
export function memoriesForm({
  tenant = '',
  scope = '',
  category = '',
  words = '',
  forgotten,
}: {
  readonly [name in 'tenant' | 'scope' | 'category' | 'words' | 'forgotten']?: string | undefined;
}): Html {
  return html`<form method="get" action="/memories" class="line" aria-label="Which memories">
    <p><label for="tenant">Tenant</label> <input id="tenant" name="tenant" value="${tenant}" required maxlength="128" autocomplete="off" autocapitalize="none" spellcheck="false"></p>
    <p><label for="scope">Scope</label> <input id="scope" name="scope" value="${scope}" required maxlength="128" autocomplete="off" autocapitalize="none" spellcheck="false"></p>
    <p><label for="category">Category, if only one</label> <input id="category" name="category" value="${category}" maxlength="40" autocomplete="off" autocapitalize="none" spellcheck="false"></p>
    <p><label for="words">Words, if only some</label> <input id="words" name="words" value="${words}" maxlength="200" autocomplete="off" autocapitalize="none" spellcheck="false"></p>
    <p><label><input type="checkbox" name="forgotten" value="yes" ${forgotten === 'yes' ? html`checked` : ''}> Forgotten ones, too</label></p>
    <p><button>List memories</button></p>
  </form>`;
}
