import { html } from 'hono/html';
import type { SessionKey } from '../../lib/session/index.ts';
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
  letter: (id: string) => `/letters/one?${new URLSearchParams({ id })}`,
  replay: (id: string) => `/replays?${new URLSearchParams({ id })}`,
  to: (address: string, text: string): Html => html`<a href="${address}"><bdi>${text}</bdi></a>`,
} as const;
