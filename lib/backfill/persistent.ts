import { type Insistence, insist, wrapPort } from '../port/index.ts';

/**
 * The same port, whose calls are repeated when they fail in a way that may pass, as `insist` does it. The calls must be
 * idempotent.
 *
 * @throws of each call: what its last attempt threw; the signal's reason.
 */
export function persistent<Port extends object>(port: Port, insistence: Insistence): Port {
  return wrapPort(port, (go) => insist(insistence, async () => go()));
}
