import { wrapPort } from './wrap-port.ts';

/**
 * The same port, whose calls throw the signal's reason once it has aborted. A call that is under way goes on: what
 * it does after a lost lease is refused by the fence, or repeats what the successor does too.
 */
export function stopWhenAborted<Port extends object>(port: Port, signal: AbortSignal): Port {
  return wrapPort(port, async (go) => {
    signal.throwIfAborted();
    return go();
  });
}
