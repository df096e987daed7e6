import { html } from 'hono/html';
import type { AuthorDocument } from '../../operator/memories/index.ts';
import type { Html } from './html.ts';
import { links } from './links.ts';
import { ownText } from './own-text.ts';

/** Who said something; the archives of a session are on its page. */
export function authorText(tenant: string, by: AuthorDocument): Html {
  switch (by.kind) {
    case 'archive': {
      const session = links.session({ tenant, session: by.session });
      return html`${links.to(session, by.session)}, ${links.to(`${session}#archives`, `archive ${by.archive}`)}`;
    }
    case 'person':
      return ownText(by.who);
    case 'erased':
      return html`a session that is erased`;
    default:
      return html`sessions, before it was kept which`;
  }
}
