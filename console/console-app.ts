import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { boundPage } from './bound-page.ts';
import type { ConsoleEnv, Desk } from './desk.ts';
import { InputError, PageNotFoundError } from './errors.ts';
import { failurePage } from './failure-page.ts';
import { assets } from './routes/assets.ts';
import { commits } from './routes/commits.ts';
import { letters } from './routes/letters.ts';
import { limits } from './routes/limits.ts';
import { memories } from './routes/memories.ts';
import { overview } from './routes/overview.ts';
import { replays } from './routes/replays.ts';
import { sessions } from './routes/sessions.ts';
import { guardForm } from './security/guard-form.ts';
import { guardHost } from './security/guard-host.ts';
import { guardVisitor } from './security/guard-visitor.ts';
import { protectiveHeaders } from './security/protective-headers.ts';

/** Some hundreds of letters to choose, with room to spare. */
const MAX_FORM_BYTES = 256 * 1024;

/** Every page, behind what keeps others out. */
export function consoleApp(desk: Desk): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>();
  app.onError((error, c) => failurePage(desk, c, error));
  app.notFound((c) => {
    const words = 'There is no such page, or it does not take this method. Choose one from the menu.';
    return failurePage(desk, c, new PageNotFoundError(words));
  });
  app.use(protectiveHeaders());
  app.use(guardHost(desk));
  app.route('/', assets());
  app.use(guardVisitor(desk));
  app.use(
    bodyLimit({
      maxSize: MAX_FORM_BYTES,
      onError() {
        throw new InputError(`That is more than ${MAX_FORM_BYTES} bytes. Choose fewer letters at once.`);
      },
    }),
  );
  app.use(guardForm(desk));
  app.use(boundPage(desk));
  for (const routes of [overview, sessions, commits, memories, letters, replays, limits])
    app.route('/', routes(desk));
  return app;
}
