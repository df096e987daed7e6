import type { ActorNode } from '../actor/actor-tree.ts';
import type { Call } from '../actor/operation.ts';
import type { ActorState } from '../world/state.ts';
import type { Invariant } from './invariant.ts';

/** A lease is released only when its last renewal has been answered, unless that was held up beyond its own limit. */
export const releaseLast: Invariant = {
  name: 'release-last',
  afterStep({ before, after, nodes }) {
    for (const node of nodes) {
      const calls = node.operations.filter((operation): operation is Call => operation.kind === 'call');
      const isReleasing = calls.some(({ method }) => method === 'release');
      const renewal = calls.find(({ method }) => method === 'renew');
      if (!isReleasing || !renewal || isLate([...before.actors, ...after.actors], node, renewal)) continue;
      return `${node.name} releases its lease while it is renewing it`;
    }
    return undefined;
  },
};

/** The renewal's own time limit may have passed: the process stood still, or the renewal took long. */
function isLate(actors: readonly ActorState[], { name }: ActorNode, renewal: Call): boolean {
  return actors.some(
    ({ node, wasFrozen, frozen, slow }) =>
      node?.name === name && (wasFrozen || frozen !== undefined || slow?.operation === renewal.id),
  );
}
