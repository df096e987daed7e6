import { handleCommit } from '../../../lib/commit/index.ts';
import type { Program } from '../actor/program.ts';
import { consume, type Invocation } from './consume.ts';

/** One invocation of the commit function. */
export function commitWorker(invocation: Invocation): Program {
  return (ports) =>
    consume(ports, ports.commitQueue, invocation, (wired, one, bounds) =>
      handleCommit({ ...wired, store: ports.store, followUps: ports.followUpQueue }, one, bounds),
    );
}
