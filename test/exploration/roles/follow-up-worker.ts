import { handleFollowUp } from '../../../lib/follow-up/index.ts';
import type { Program } from '../actor/program.ts';
import { consume, type Invocation } from './consume.ts';

/** One invocation of the follow-up function. */
export function followUpWorker(invocation: Invocation): Program {
  return (ports) => {
    const { store, memories, model } = ports;
    return consume(ports, ports.followUpQueue, invocation, (wired, one, bounds) =>
      handleFollowUp({ ...wired, store, memories, model, fallback: model }, one, bounds),
    );
  };
}
