/**
 * The same port, whose calls throw the signal's reason once it has aborted. A call that is under way goes on: what
 * it does after a lost lease is refused by the fence, or repeats what the successor does too.
 */
export function stopWhenAborted<Port extends object>(port: Port, signal: AbortSignal): Port {
  return new Proxy(port, {
    get(target, property, receiver) {
      const member: unknown = Reflect.get(target, property, receiver);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]) => {
        signal.throwIfAborted();
        return Reflect.apply(member, target, args);
      };
    },
  });
}
