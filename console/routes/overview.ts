import { Hono } from 'hono';
import type { ConsoleEnv, Desk } from '../desk.ts';
import { checksPage } from '../pages/checks-page.ts';
import { overviewPage } from '../pages/overview-page.ts';
import { show } from '../show.ts';

/** The stack at a glance, and its checks. */
export function overview(desk: Desk): Hono<ConsoleEnv> {
  const { operations } = desk;
  return new Hono<ConsoleEnv>()
    .get('/', async (c) => {
      const signal = c.get('signal');
      const [queues, limits] = await Promise.all([operations.queues(signal), operations.limits(signal)]);
      return show(desk, c, overviewPage(desk, { queues, limits }));
    })
    .post('/checks', async (c) => {
      const askModel = c.get('form').get('askModel') === 'yes';
      return show(desk, c, checksPage(await operations.examine({ askModel }, c.get('signal'))));
    });
}
