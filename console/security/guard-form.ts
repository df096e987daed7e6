import type { MiddlewareHandler } from 'hono';
import type { ConsoleEnv, Desk } from '../desk.ts';
import { ForeignRequestError } from '../errors.ts';
import { isSecret } from './is-secret.ts';

/** The hidden field of every form. */
export const FORM_TOKEN = 'formToken';

/** Reads a form that was sent, and refuses one that is not of a page of this console. */
export function guardForm({ port, secrets }: Pick<Desk, 'port' | 'secrets'>): MiddlewareHandler<ConsoleEnv> {
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    const origin = c.req.header('origin');
    const isOwn = origin === `http://127.0.0.1:${port()}` || origin === `http://localhost:${port()}`;
    const form = new URLSearchParams(await c.req.text());
    if ((origin !== undefined && !isOwn) || !isSecret(form.get(FORM_TOKEN) ?? '', secrets.form)) {
      throw new ForeignRequestError(
        'This form is not from the console that runs now, and nothing was done. Open the page again, and send it from there.',
      );
    }
    c.set('form', form);
    return next();
  };
}
