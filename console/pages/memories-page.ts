import { html } from 'hono/html';
import type { MemoryListDocument } from '../../operator/memories/index.ts';
import { ago } from '../html/ago.ts';
import { authorText } from '../html/author-text.ts';
import { badge } from '../html/badge.ts';
import type { Html } from '../html/html.ts';
import { links } from '../html/links.ts';
import { ownText } from '../html/own-text.ts';
import { table } from '../html/table.ts';
import type { MemoryQuery } from '../memory-query.ts';
import type { Page } from './layout.ts';
import { memoriesForm } from './memories-form.ts';

/** The memories of a scope; where none is named, the question which. */
export function memoriesPage(query?: MemoryQuery, list?: MemoryListDocument, nowMs = 0): Page {
  if (!query || !list) {
    const intro = html`<p>A scope has the memories of its sessions: by default, of all sessions of a user.</p>`;
    return { title: 'Memories', place: 'memories', body: html`${intro}${memoriesForm({})}` };
  }
  const { memories, nextAfter } = list;
  return {
    title: `Memories of ${list.scope}`,
    place: 'memories',
    body: html`
      ${memoriesForm(query)}
      ${memories.length === 0 ? html`<p>There are no such memories${nextAfter !== undefined && ' up to here'}.</p>` : memoryTable(list, nowMs)}
      ${nextAfter !== undefined && html`<p>${links.to(links.memories({ ...query, after: nextAfter }), 'More memories')}</p>`}
      <p class="note">${links.to(links.sessions(list), 'Sessions of this scope')}</p>`,
  };
}

function memoryTable({ tenant, scope, memories }: MemoryListDocument, nowMs: number): Html {
  const rows = memories.map(({ category, key, text, saidAt, by }) => [
    links.to(links.memory({ tenant, scope, category, key }), `${category}/${key}`),
    text === undefined ? badge('forgotten') : ownText(text),
    ago(saidAt, nowMs),
    authorText(tenant, by),
  ]);
  return table({ caption: 'Memories', head: ['Memory', 'What it says', 'Said', 'By'], rows });
}
