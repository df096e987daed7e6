import type { Clock } from '../../lib/clock/index.ts';

/** The port, each of whose calls takes `ms` milliseconds of the clock. */
export function delayedPort<Port extends object>(port: Port, clock: Clock, ms: number): Port {
  return new Proxy(port, {
    get(target, property, receiver) {
      const member: unknown = Reflect.get(target, property, receiver);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]) => {
        await clock.sleep(ms);
        return Reflect.apply(member, target, args);
      };
    },
  });
}
