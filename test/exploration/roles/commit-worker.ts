import { handleCommit } from '../../../lib/commit/index.ts';
import type { Delivery } from '../../../lib/queue/index.ts';
import type { Program } from '../actor/program.ts';
import { consumeOne } from './consume-one.ts';

/** The commit function, with one message. */
export function commitWorker(delivery: Delivery, maxReceiveCount: number): Program {
  return (ports) =>
    consumeOne(ports, ports.commitQueue, { delivery, maxReceiveCount }, (wired, one, bounds) =>
      handleCommit({ ...wired, store: ports.store, followUps: ports.followUpQueue }, one, bounds),
    );
}
