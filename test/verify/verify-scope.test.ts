import { describe, expect, it } from 'vitest';
import { enterMemory, eraseScope, statementName } from '../../lib/memory/index.ts';
import { advice, type MemoryFindingCode } from '../../lib/verify/index.ts';
import { contextOf } from '../memory/statements.ts';
import { statementOf } from '../support/statement-of.ts';
import { type ErasureWorld, erasureWorld, scope } from './erasure-world.ts';

const bread = statementOf('bread', { session: 'other' });
const partition = `TENANT#${scope.tenant}#MEMORY#${scope.scope}`;
const source = { session: 'other', author: 'other#000001' };

/** How each finding comes about: what is done to a scope that is well. */
const damages: Record<
  Exclude<MemoryFindingCode, `erased-${string}`>,
  (world: ErasureWorld) => Promise<unknown>
> = {
  'memory-stale': ({ setAt }) => setAt(partition, 'MEMORY#profile#bread', 'text', 'cake'),
  'memory-missing': async ({ memories }) => {
    const { memories: known } = await memories.listMemories(scope, {});
    const before = known.find((memory) => memory.key === 'bread')?.revision;
    return memories.change(scope, { memories: [{ subject: bread, before }] });
  },
  'statement-unlisted': ({ memories }) =>
    memories.change(scope, { sources: [{ ...source, drop: [statementName(bread)] }] }),
  'statement-outlived': ({ memories }) => memories.markSessionErased(scope, 'other'),
  'source-surplus': ({ memories }) =>
    memories.change(scope, { sources: [{ ...source, add: ['profile#gone#1#other#000001'] }] }),
};

describe('verifying a scope', () => {
  it('says that all is well, whatever was merged, entered and erased, and counts what there is', async () => {
    await using world = await erasureWorld();
    const context = contextOf(world.memories);
    const enter = (kind: 'forget' | 'restore') =>
      enterMemory(context, scope, { category: 'profile', key: 'milk' }, { entry: { kind }, who: 'ann' });
    await enter('forget');
    await enter('restore');
    await world.putAt(partition, 'MEMORY#profile#old', {
      ...{ category: 'profile', key: 'old', text: 'x', confidence: 1, firstSeenAtMs: 1, lastSeenAtMs: 1 },
      ...{ archives: [{ session: 'other', archive: 1 }], history: [], version: 1 },
    });
    expect(await world.verifyScope()).toEqual({
      ...{ key: scope, memories: 4, statements: 5, earlier: 1, findings: [] },
    });
    await world.erase();
    expect(await world.verifyScope()).toMatchObject({ memories: 3, earlier: 1, findings: [] });
    await eraseScope(context, scope, world.clock.now());
    expect(await world.verifyScope()).toMatchObject({ memories: 0, statements: 0, findings: [] });
  });

  it.each(Object.entries(damages))('finds %s, and says what to do', async (code, damage) => {
    await using world = await erasureWorld();
    await damage(world);
    const { findings } = await world.verifyScope();
    const severity = code === 'source-surplus' ? 'note' : 'problem';
    const whatToDo = advice[code as MemoryFindingCode];
    expect(findings[0]).toMatchObject({ code, severity, whatToDo });
  });

  it('is content again after what it says was done', async () => {
    await using world = await erasureWorld();
    await world.setAt(partition, 'MEMORY#profile#bread', 'text', 'cake');
    for (const kind of ['forget', 'restore'] as const)
      await enterMemory(contextOf(world.memories), scope, bread, { entry: { kind }, who: 'ann' });
    await damages['memory-missing'](world);
    const entry = { kind: 'edit', text: 'bread' } as const;
    await enterMemory(contextOf(world.memories), scope, bread, { entry, who: 'ann' });
    expect((await world.verifyScope()).findings).toEqual([]);
  });

  it('names items that cannot be read', async () => {
    await using world = await erasureWorld();
    await world.setAt(partition, 'MEMORY#profile#bread', 'confidence', 'much');
    await world.setAt(partition, 'SCOPE', 'erasedAtMs', 'never');
    expect((await world.verifyScope()).findings.map(({ code }) => code)).toEqual([
      'item-unreadable',
      'item-unreadable',
    ]);
  });

  it('does not mind what is well when it is read again', async () => {
    await using world = await erasureWorld();
    await damages['memory-stale'](world);
    const entry = { kind: 'edit', text: 'bread' } as const;
    let reads = 0;
    async function* ofScope(of: typeof scope) {
      if (++reads === 2) await enterMemory(contextOf(world.memories), scope, bread, { entry, who: 'ann' });
      yield* world.memoryItems.ofScope(of);
    }
    expect((await world.verifyScope({ ofScope })).findings).toEqual([]);
    expect(reads).toBe(2);
  });
});
