import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../lib/clock/index.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { testTable } from '../../support/test-table.ts';
import { acts } from './acts.ts';
import { erasureWorld } from './erasure-world.ts';
import { inProcessStores, tableStores } from './stores.ts';

/** Nothing waits as long as one thing happens at a time. */
const realTime = { ...systemClock, runUntil: <T>(work: Promise<T>) => work, advance: async () => undefined };

describe('after sessions were deleted with their memories', () => {
  it('no item has a word that only they said, nor a vector of one; and others keep theirs', async () => {
    const property = fc.asyncProperty(acts, async (all) => {
      const world = await erasureWorld(inProcessStores(), fakeClock());
      for (const act of all) {
        await world.carryOut(act);
        expect(await world.unerased()).toEqual([]);
        expect(await world.misplacedVectors()).toEqual([]);
      }
    });
    await fc.assert(property, { numRuns: 150 });
  });

  it('no item of a table has one, either', async () => {
    const property = fc.asyncProperty(acts, async (all) => {
      await using table = await testTable();
      const world = await erasureWorld(tableStores(table), realTime);
      for (const act of all) await world.carryOut(act);
      expect(await world.unerased()).toEqual([]);
      expect(await world.misplacedVectors()).toEqual([]);
    });
    await fc.assert(property, { numRuns: 6 });
  });
});
