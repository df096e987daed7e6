import { Hono } from 'hono';
import { z } from 'zod';
import { nameSchema, sessionMarkSchema } from '../../lib/session/index.ts';
import type { ConsoleEnv, Desk } from '../desk.ts';
import { failurePage } from '../failure-page.ts';
import { sessionForm } from '../pages/session-form.ts';
import { sessionListForm } from '../pages/session-list-form.ts';
import { sessionListPage } from '../pages/session-list-page.ts';
import { sessionPage } from '../pages/session-page.ts';
import { sessionsPage } from '../pages/sessions-page.ts';
import { parseFields } from '../parse-fields.ts';
import { show } from '../show.ts';

/** Sessions on a page. */
const SHOWN = 50;

const addressSchema = z.object({ tenant: nameSchema, session: nameSchema });
const listSchema = z.object({
  tenant: nameSchema,
  scope: nameSchema.optional(),
  after: sessionMarkSchema.optional(),
});

/** Looking at sessions: at one, or at a list of them. */
export function sessions(desk: Desk): Hono<ConsoleEnv> {
  return new Hono<ConsoleEnv>().get('/sessions', async (c) => {
    const fields = new URL(c.req.url).searchParams;
    if (fields.size === 0) return show(desk, c, sessionsPage());
    const [tenant, session] = [fields.get('tenant') ?? '', fields.get('session')];
    // A form sends what was left empty, too.
    if (fields.get('scope') === '') fields.delete('scope');
    const scope = fields.get('scope') ?? undefined;
    try {
      if (session === null) {
        const choice = { ...parseFields(listSchema, fields), limit: SHOWN };
        return await show(desk, c, sessionListPage(await desk.operations.sessions(choice), desk.clock.now()));
      }
      const key = parseFields(addressSchema, fields);
      return await show(desk, c, sessionPage(await desk.operations.session(key), desk.clock.now()));
    } catch (error) {
      const form = session === null ? sessionListForm({ tenant, scope }) : sessionForm({ tenant, session });
      return failurePage(desk, c, error, form);
    }
  });
}
