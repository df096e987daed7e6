import { Hono } from 'hono';
import { z } from 'zod';
import { nameSchema } from '../../lib/session/index.ts';
import type { ConsoleEnv, Desk } from '../desk.ts';
import { failurePage } from '../failure-page.ts';
import { sessionForm } from '../pages/session-form.ts';
import { sessionPage } from '../pages/session-page.ts';
import { sessionsPage } from '../pages/sessions-page.ts';
import { parseFields } from '../parse-fields.ts';
import { show } from '../show.ts';

const addressSchema = z.object({ tenant: nameSchema, session: nameSchema });

/** Looking at a session. */
export function sessions(desk: Desk): Hono<ConsoleEnv> {
  return new Hono<ConsoleEnv>().get('/sessions', async (c) => {
    const fields = new URL(c.req.url).searchParams;
    if (fields.size === 0) return show(desk, c, sessionsPage());
    try {
      const key = parseFields(addressSchema, fields);
      return await show(desk, c, sessionPage(await desk.operations.session(key), desk.clock.now()));
    } catch (error) {
      const [tenant, session] = [fields.get('tenant') ?? '', fields.get('session') ?? ''];
      return failurePage(desk, c, error, sessionForm({ tenant, session }));
    }
  });
}
