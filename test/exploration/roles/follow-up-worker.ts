import { handleFollowUp } from '../../../lib/follow-up/index.ts';
import type { Delivery } from '../../../lib/queue/index.ts';
import type { Program } from '../actor/program.ts';
import { consumeOne } from './consume-one.ts';

/** The follow-up function, with one message. */
export function followUpWorker(delivery: Delivery, maxReceiveCount: number): Program {
  return (ports) => {
    const { store, memories, model } = ports;
    return consumeOne(ports, ports.followUpQueue, { delivery, maxReceiveCount }, (wired, one, bounds) =>
      handleFollowUp({ ...wired, store, memories, model, fallback: model }, one, bounds),
    );
  };
}
