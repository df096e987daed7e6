import { Hono } from 'hono';
import { z } from 'zod';
import { nameSchema } from '../../lib/session/index.ts';
import type { ConsoleEnv, Desk } from '../desk.ts';
import { links } from '../html/links.ts';
import { cancelPage } from '../pages/cancel-page.ts';
import { commitPage } from '../pages/commit-page.ts';
import { parseFields } from '../parse-fields.ts';
import { show } from '../show.ts';

const addressSchema = z.object({ tenant: nameSchema, session: nameSchema, commit: nameSchema });

/** Looking at a commit, and cancelling it. */
export function commits(desk: Desk): Hono<ConsoleEnv> {
  const { operations } = desk;
  return new Hono<ConsoleEnv>()
    .get('/commits', async (c) => {
      const fields = new URL(c.req.url).searchParams;
      const { commit, ...key } = parseFields(addressSchema, fields);
      const isStill = fields.get('still') === 'yes';
      return show(desk, c, commitPage(desk, key, await operations.commit(key, commit), isStill));
    })
    .post('/commits/cancel', async (c) => {
      const form = c.get('form');
      const { commit, ...key } = parseFields(addressSchema, form);
      if (form.get('confirmed') !== 'yes') return show(desk, c, cancelPage(desk, key, commit));
      await operations.cancelCommit(key, commit);
      return c.redirect(links.commit(key, commit), 303);
    });
}
