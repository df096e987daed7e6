import { wrapPort } from '../../lib/port/index.ts';

/** The worker stopped here; nothing that it would have done next happens. */
class Crash extends Error {
  override readonly name = 'Crash';
}

/**
 * Ports of a worker that dies right after one call had its effect: from then on no call reaches anything.
 *
 * @param method the method whose `nth` call (1 or more) is the last.
 */
export function crashAfter(method: string, nth: number) {
  let calls = 0;
  const death = new AbortController();
  return {
    /** Aborts when the worker dies: what it was waiting for does not matter any more. */
    signal: death.signal,
    wrap<Port extends object>(port: Port): Port {
      return wrapPort(port, async (go, called) => {
        death.signal.throwIfAborted();
        const answer = await go();
        if (called === method) calls += 1;
        if (called !== method || calls < nth) return answer;
        death.abort(new Crash());
        throw death.signal.reason;
      });
    },
  };
}
