import type { Invariant } from './invariant.ts';

const fencedMethods = new Set(['seal', 'unseal', 'markDeleted']);

/** No write of a superseded worker changes META. */
export const fenced: Invariant = {
  name: 'fenced',
  afterStep({ before, after, effects }) {
    if (before.session.meta === after.session.meta) return undefined;
    for (const { by, call, result } of effects) {
      if (!fencedMethods.has(call.method) || result.kind !== 'answer') continue;
      const { holder } = before.ledger;
      if (holder !== by) return `${by} changed META by ${call.method} after ${holder} had taken over`;
    }
    return undefined;
  },
};
