import { wrapPort } from '../../lib/port/index.ts';

/** What happens at a call: it fails before its effect, or after it, so that only the answer is lost. */
export type Fault = 'before' | 'after';

/** The worker stopped here; nothing that it would have done next happens. */
export class InjectedCrash extends Error {
  override readonly name = 'InjectedCrash';
}

/**
 * Counts the calls to one or more ports, and fails one of them; every later call fails too, as a crashed worker
 * makes none.
 */
export function crashAt(call: number, fault: Fault) {
  let calls = 0;
  let crashed = false;
  return {
    get calls() {
      return calls;
    },
    get crashed() {
      return crashed;
    },
    wrap<Port extends object>(port: Port): Port {
      return wrapPort(port, async (go, method) => {
        const isFaulty = ++calls === call;
        if (crashed || (isFaulty && fault === 'before')) {
          crashed = true;
          throw new InjectedCrash(`call ${calls}: ${method}`);
        }
        const answer = await go();
        if (!isFaulty) return answer;
        crashed = true;
        throw new InjectedCrash(`call ${calls}: ${method}, after its effect`);
      });
    },
  };
}
