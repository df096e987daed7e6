import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fakeClock } from '../../support/fake-clock.ts';
import { acts } from './acts.ts';
import { erasureWorld } from './erasure-world.ts';
import { inProcessStores } from './stores.ts';

test('no item has a word that only sessions said whose memories were deleted', async () => {
  const property = fc.asyncProperty(acts, async (all) => {
    const world = await erasureWorld(inProcessStores(), fakeClock());
    for (const act of all) {
      await world.carryOut(act);
      expect(await world.unerased()).toEqual([]);
    }
  });
  await fc.assert(property, { numRuns: Number(process.env['RUNS'] ?? 150) });
});
