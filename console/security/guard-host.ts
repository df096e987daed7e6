import type { MiddlewareHandler } from 'hono';
import type { ConsoleEnv, Desk } from '../desk.ts';
import { ForeignRequestError } from '../errors.ts';

/**
 * Refuses requests for another host: a page elsewhere whose name was made to mean 127.0.0.1 (DNS rebinding) would be of
 * the same origin as the console to the browser, but it cannot change this header.
 */
export function guardHost({ port }: Pick<Desk, 'port'>): MiddlewareHandler<ConsoleEnv> {
  return async (c, next) => {
    const host = c.req.header('host');
    if (host !== `127.0.0.1:${port()}` && host !== `localhost:${port()}`) {
      throw new ForeignRequestError(
        `This is not an address of the console. Open it at http://127.0.0.1:${port()}/ with the token that was printed at its start.`,
      );
    }
    await next();
  };
}
