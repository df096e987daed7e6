import { wrapPort } from '../../lib/port/index.ts';
import type { Meter } from './meter.ts';
import type { Service } from './request-figure.ts';

/** The port, each of whose calls a meter is told about as one request to a service. */
export function countCalls<Port extends object>(port: Port, meter: Meter, service: Service): Port {
  return wrapPort(port, (go, operation) => {
    meter.note({
      service,
      operation,
      target: '',
      count: 1,
      refused: 0,
      writeUnits: 0,
      readUnits: 0,
      sentBytes: 0,
      receivedBytes: 0,
    });
    return go();
  });
}
