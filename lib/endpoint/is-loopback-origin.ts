import { isWebOrigin } from './is-web-origin.ts';

/** Names below `localhost` mean this machine, too (RFC 6761), as does every address that begins with 127 (RFC 1122). */
const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether pages of an origin are served by this machine itself, at whatever port. */
export function isLoopbackOrigin(text: string): boolean {
  return isWebOrigin(text) && LOOPBACK.test(new URL(text).hostname);
}
