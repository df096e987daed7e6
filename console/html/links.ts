import { html } from 'hono/html';
import type { SessionKey } from '../../lib/session/index.ts';
import type { MemoryAddress } from '../../operator/memories/index.ts';
import type { MemoryQuery } from '../memory-query.ts';
import type { Html } from './html.ts';

interface SessionChoice {
  readonly tenant: string;
  readonly scope?: string | undefined;
  readonly after?: string | undefined;
}

/** Addresses of pages. Ids go into the query: one may be `..`, which a path does not keep. */
export const links = {
  sessions: ({ tenant, scope, after }: SessionChoice) =>
    `/sessions?${new URLSearchParams({ tenant, ...(scope !== undefined && { scope }), ...(after !== undefined && { after }) })}`,
  session: ({ tenant, session }: SessionKey) => `/sessions?${new URLSearchParams({ tenant, session })}`,
  commit: ({ tenant, session }: SessionKey, commit: string) =>
    `/commits?${new URLSearchParams({ tenant, session, commit })}`,
  memories: (query: MemoryQuery) => `/memories?${new URLSearchParams(given(query))}`,
  memory: ({ tenant, scope, category, key }: MemoryAddress) =>
    `/memories/one?${new URLSearchParams({ tenant, scope, category, key })}`,
  letter: (id: string) => `/letters/one?${new URLSearchParams({ id })}`,
  replay: (id: string) => `/replays?${new URLSearchParams({ id })}`,
  to: (address: string, text: string): Html => html`<a href="${address}"><bdi>${text}</bdi></a>`,
} as const;

/** Those that are there. */
function given(query: MemoryQuery): [string, string][] {
  return Object.entries(query).filter((field): field is [string, string] => field[1] !== undefined);
}
