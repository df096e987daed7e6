import type { Clock } from '../clock/index.ts';
import type { DeliveryControl } from './delivery-control.ts';
import type { QueueEvent } from './queue-event.ts';

/** What consuming deliveries depends on. */
export interface ConsumeContext {
  readonly control: DeliveryControl;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** If the consumer dies, its deliveries come again at most this long afterwards. */
  readonly redeliveryMs: number;
  /** After this many deliveries the queue itself moves a message to its dead-letter queue. */
  readonly maxReceiveCount: number;
  readonly onEvent: (event: QueueEvent) => void;
}
