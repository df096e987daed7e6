import type { Invariant } from './invariant.ts';

/** No lease is held while a model call is in flight. */
export const noLeaseDuringModel: Invariant = {
  name: 'no-lease-during-model',
  afterStep({ after, nodes }) {
    for (const { name, operations } of nodes) {
      if (!operations.some((operation) => operation.kind === 'call' && operation.port === 'model')) continue;
      for (const [resource, { token, expiresAtMs }] of after.leases) {
        const isHeld = token.startsWith(`${name}-`) && expiresAtMs > after.nowMs;
        if (isHeld) return `${name} waits for the model and holds the lease on ${resource}`;
      }
    }
    return undefined;
  },
};
