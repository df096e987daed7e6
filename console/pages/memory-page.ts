import { html } from 'hono/html';
import type { MemoryHistoryDocument } from '../../operator/memories/index.ts';
import type { Desk } from '../desk.ts';
import { ago } from '../html/ago.ts';
import { alert } from '../html/alert.ts';
import { authorText } from '../html/author-text.ts';
import { badge } from '../html/badge.ts';
import { facts } from '../html/facts.ts';
import { form } from '../html/form.ts';
import { hidden } from '../html/hidden.ts';
import type { Html } from '../html/html.ts';
import { links } from '../html/links.ts';
import { ownText } from '../html/own-text.ts';
import type { Page } from './layout.ts';
import { memoryHistory } from './memory-history.ts';

/** What somebody typed that was not entered, and why. */
interface Refused {
  readonly text: string;
  readonly why: string;
}

/** A memory, what can be done with it, and its history. */
export function memoryPage(
  desk: Pick<Desk, 'secrets' | 'clock'>,
  memory: MemoryHistoryDocument,
  refused?: Refused,
): Page {
  const { tenant, scope, text, confidence, saidAt, firstSeenAt, lastSeenAt, by } = memory;
  const nowMs = desk.clock.now();
  return {
    title: `Memory ${memory.category}/${memory.key}`,
    place: 'memories',
    body: html`
      ${refused && alert('bad', refused.why)}
      ${facts([
        ['It says', text === undefined ? html`${badge('forgotten')} it is not used` : ownText(text)],
        ['Scope', html`${links.to(links.memories({ tenant, scope }), scope)} of ${ownText(tenant)}`],
        ['Said', html`${ago(saidAt, nowMs)} by ${authorText(tenant, by)}`],
        ['Sure', String(confidence)],
        ['First said', ago(firstSeenAt, nowMs)],
        ['Last said', ago(lastSeenAt, nowMs)],
      ])}
      <h2>Correct it</h2>
      ${editForm(desk, memory, refused?.text ?? text ?? lastTextOf(memory))}
      ${text === undefined ? restoreForm(desk, memory) : forgetForm(desk, memory)}
      <h2>History</h2>
      ${memoryHistory(memory)}`,
  };
}

function lastTextOf({ history }: MemoryHistoryDocument): string {
  return history.find(({ retracts, text }) => !retracts && text !== undefined)?.text ?? '';
}

type Forms = Pick<Desk, 'secrets'>;

function editForm(desk: Forms, memory: MemoryHistoryDocument, text: string): Html {
  return form(
    desk,
    '/memories/edit',
    html`${hiddenFields(memory)}
    <p><label for="text">What holds</label>
    <textarea id="text" name="text" rows="3" maxlength="1000" required aria-describedby="edit-note" dir="auto">
${text}</textarea></p>
    <p class="note" id="edit-note">One sentence that can be understood by itself. It holds until a later conversation contradicts it openly, or takes it back.</p>
    <p><button>Enter this text</button></p>`,
  );
}

function forgetForm(desk: Forms, memory: MemoryHistoryDocument): Html {
  return form(
    desk,
    '/memories/forget',
    html`${hiddenFields(memory)}<p>It can be taken back: it is not used any more then. Its history stays, so that it can be restored.</p>
    <p><button class="danger">Forget it</button></p>`,
  );
}

function restoreForm(desk: Forms, memory: MemoryHistoryDocument): Html {
  return form(
    desk,
    '/memories/restore',
    html`${hiddenFields(memory)}<p>It was taken back. It can be restored, and says what it said last then.</p>
    <p><button>Restore it</button></p>`,
  );
}

/** With the revision that was seen: what somebody else has changed meanwhile is not overwritten unseen. */
function hiddenFields({ tenant, scope, category, key, revision }: MemoryHistoryDocument): Html {
  return hidden(Object.entries({ tenant, scope, category, key, seen: revision }));
}
