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
      return new Proxy(port, {
        get(target, property, receiver) {
          const member: unknown = Reflect.get(target, property, receiver);
          if (typeof member !== 'function') return member;
          return async (...args: unknown[]) => {
            const isFaulty = ++calls === call;
            if (crashed || (isFaulty && fault === 'before')) {
              crashed = true;
              throw new InjectedCrash(`call ${calls}: ${String(property)}`);
            }
            const answer: unknown = await Reflect.apply(member, target, args);
            if (!isFaulty) return answer;
            crashed = true;
            throw new InjectedCrash(`call ${calls}: ${String(property)}, after its effect`);
          };
        },
      });
    },
  };
}
