import { html } from 'hono/html';
import type { LetterDocument } from '../../operator/letters/index.ts';
import type { Html } from './html.ts';
import { links } from './links.ts';
import { ownText } from './own-text.ts';

/** What a letter is about, as far as it can be understood: its session, and its commit or archive. */
export function letterAddress({
  tenant,
  session,
  commitId,
  group,
}: Pick<LetterDocument, 'tenant' | 'session' | 'commitId' | 'group'>): { session: Html; commit: Html } {
  if (tenant === undefined || session === undefined || commitId === undefined)
    return { session: ownText(group), commit: html`–` };
  const key = { tenant, session };
  return {
    session: html`${links.to(links.session(key), session)} of ${ownText(tenant)}`,
    commit: links.to(links.commit(key, commitId), commitId),
  };
}
