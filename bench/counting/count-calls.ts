import type { Meter } from './meter.ts';
import type { Service } from './request-figure.ts';

/** The port, each of whose calls a meter is told about as one request to a service. */
export function countCalls<Port extends object>(port: Port, meter: Meter, service: Service): Port {
  return new Proxy(port, {
    get(target, property, receiver) {
      const member: unknown = Reflect.get(target, property, receiver);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        meter.note({
          service,
          operation: String(property),
          target: '',
          count: 1,
          refused: 0,
          writeUnits: 0,
          readUnits: 0,
          sentBytes: 0,
          receivedBytes: 0,
        });
        return Reflect.apply(member, target, args);
      };
    },
  });
}
