import type { Clock } from '../../lib/clock/index.ts';
import { wrapPort } from '../../lib/port/index.ts';

/** The port, each of whose calls takes `ms` milliseconds of the clock. */
export function delayedPort<Port extends object>(port: Port, clock: Clock, ms: number): Port {
  return wrapPort(port, async (go) => {
    await clock.sleep(ms);
    return go();
  });
}
