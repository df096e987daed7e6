import { html } from 'hono/html';
import {
  type MemoryHistoryDocument,
  type StatementDocument,
  statementWords,
} from '../../operator/memories/index.ts';
import { amount } from '../html/amount.ts';
import { authorText } from '../html/author-text.ts';
import { badge } from '../html/badge.ts';
import type { Html } from '../html/html.ts';
import { links } from '../html/links.ts';
import { ownText } from '../html/own-text.ts';
import { table } from '../html/table.ts';

/** More statements, and more sessions of one of them, are counted. */
const SHOWN = 200;
const NAMED_SESSIONS = 5;

/** What was said of a memory, the newest first: when, what, by whom, and from which archive and message. */
export function memoryHistory({ tenant, history }: MemoryHistoryDocument): Html {
  const rows = history
    .slice(0, SHOWN)
    .map((statement) => [
      html`<time datetime="${statement.saidAt}">${statement.saidAt}</time>`,
      html`${statementWords(statement)}${statement.isInForce && html` ${badge('in force')}`}`,
      statement.text === undefined ? '' : ownText(statement.text),
      authorText(tenant, statement.by),
      fromText(tenant, statement),
    ]);
  const head = ['When', 'What', 'Text', 'By', 'From'];
  const left = history.length - SHOWN;
  return html`${table({ caption: 'History of the memory, the newest first', head, rows })}
  ${left > 0 && html`<p class="note">The newest ${SHOWN}; ${amount(left, 'older statement')} more. <code>commitlane memories show</code> shows all.</p>`}`;
}

function fromText(tenant: string, { by, alsoFrom = [] }: StatementDocument): Html {
  const named = alsoFrom.slice(0, NAMED_SESSIONS).map((session, index) => {
    const link = links.to(links.session({ tenant, session }), session);
    return html`${index > 0 && ', '}${link}`;
  });
  const more = alsoFrom.length - named.length;
  const words = html`with words of ${named}${more > 0 && ` and ${more} more`}`;
  if (by.kind !== 'archive') return alsoFrom.length > 0 ? words : html``;
  const { messageId, model, promptVersion } = by;
  return html`message <code>${ownText(messageId)}</code>, by ${ownText(model)}${promptVersion !== undefined && html`, ${ownText(promptVersion)}`}${alsoFrom.length > 0 && html`; ${words}`}`;
}
