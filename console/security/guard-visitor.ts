import type { MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { ConsoleEnv, Desk } from '../desk.ts';
import { NotSignedInError } from '../errors.ts';
import { isSecret } from './is-secret.ts';

/**
 * Lets a browser in that has the cookie, or the token of the printed address, for which it gets the cookie. It then
 * goes on without the token, which would stay in the browser's history otherwise.
 */
export function guardVisitor({
  port,
  secrets,
}: Pick<Desk, 'port' | 'secrets'>): MiddlewareHandler<ConsoleEnv> {
  return async (c, next) => {
    // Browsers send cookies to every port of a host: consoles on two ports need two names.
    const name = `commitlane-console-${port()}`;
    const url = new URL(c.req.url);
    const token = url.searchParams.get('token');
    if (token !== null && c.req.method === 'GET' && isSecret(token, secrets.token)) {
      setCookie(c, name, secrets.cookie, { httpOnly: true, sameSite: 'Strict', path: '/' });
      url.searchParams.delete('token');
      // With its origin: a path that begins with // would be another host's.
      return c.redirect(url.href, 303);
    }
    if (!isSecret(getCookie(c, name), secrets.cookie)) {
      throw new NotSignedInError(
        token === null
          ? 'This browser has no access yet. Open the whole address that commitlane console printed at its start, token included.'
          : 'This token is not that of the running console: each start makes a new one. Open the whole address that commitlane console printed last.',
      );
    }
    return await next();
  };
}
