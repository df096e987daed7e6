import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { ConsoleEnv } from '../desk.ts';

const policy = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
  // With `no-referrer`, browsers would hide the origin of a form, too.
  referrerPolicy: 'same-origin',
  // There is no TLS on this machine's own address, and other servers on it may have none either.
  strictTransportSecurity: false,
});

/** Has browsers run no script, load nothing from elsewhere, show the pages in no frame, and keep no copy. */
export function protectiveHeaders(): MiddlewareHandler<ConsoleEnv> {
  return (c, next) =>
    policy(c, async () => {
      await next();
      c.header('Cache-Control', 'no-store');
    });
}
