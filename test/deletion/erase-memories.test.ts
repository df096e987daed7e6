import { expect, it } from 'vitest';
import { eraseMemories } from '../../lib/deletion/index.ts';
import { LeaseUnavailableError } from '../../lib/lease/index.ts';
import { enterMemory, eraseSubject, mergeStatements } from '../../lib/memory/index.ts';
import { inProcessMemoryStore } from '../../lib/store/index.ts';
import { leaseResources } from '../../lib/table/index.ts';
import { commitWorld, policy } from '../support/commit-world.ts';
import { crashAt, type Fault } from '../support/failing-port.ts';
import { statementOf } from '../support/statement-of.ts';

const scope = { tenant: 'acme', scope: 'ann' };
const subject = { category: 'profile', key: 'drink' };
const { signal } = new AbortController();
const faults: readonly Fault[] = ['before', 'after'];

async function makeWorld() {
  const { context, clock, leases } = await commitWorld();
  const memories = inProcessMemoryStore();
  const { lease } = context;
  const limits = { lease: policy, memoryLease: policy };
  const merging = { ...lease, memories };
  for (const archive of [1, 2]) {
    const keys = ['drink', 'home-city', 'trip'];
    const said = keys.map((key) => statementOf('Oslo', { key, archive, saidAtMs: archive }));
    await mergeStatements(merging, scope, said);
  }
  const entering = { ...merging, now: () => clock.now() };
  await enterMemory(entering, scope, subject, { entry: { kind: 'edit', text: 'Tea' }, who: 'ann' });
  return { memories, merging, leases, context: { memories, lease, limits, owner: 'api' } };
}

type World = Awaited<ReturnType<typeof makeWorld>>;

function stored({ memories }: World) {
  const found = memories.scopes.get('acme/ann');
  const namesOf = (items: ReadonlyMap<string, unknown> | undefined) => [...(items?.keys() ?? [])].join(' ');
  return {
    memories: namesOf(found?.memories),
    statements: namesOf(found?.statements),
    sources: namesOf(found?.sources),
  };
}

it('erasing a scope goes on where it was cut off, and leaves nothing', async () => {
  for (const fault of faults) {
    for (let call = 1; ; call += 1) {
      const world = await makeWorld();
      const crash = crashAt(call, fault);
      const cut = { ...world.context, memories: crash.wrap(world.memories) };
      await eraseMemories(cut, scope, signal).catch((error: unknown) => error);
      if (!crash.crashed) break;
      await eraseMemories(world.context, scope, signal);
      expect(stored(world), `call ${call} ${fault}`).toEqual({ memories: '', statements: '', sources: '' });
    }
  }
});

it('erasing one memory can be repeated after it was cut off, and touches no other', async () => {
  for (const fault of faults) {
    for (let call = 1; ; call += 1) {
      const world = await makeWorld();
      const crash = crashAt(call, fault);
      const cut = { ...world.merging, memories: crash.wrap(world.memories) };
      await eraseSubject(cut, scope, subject).catch((error: unknown) => error);
      if (!crash.crashed) break;
      await eraseSubject(world.merging, scope, subject);
      const { memories, statements } = stored(world);
      expect(memories, `call ${call} ${fault}`).toBe('profile#home-city profile#trip');
      expect(statements).not.toContain('drink');
      expect(statements.split(' ')).toHaveLength(4);
    }
  }
});

it('erasing a scope waits for a merge no longer than the limits say', async () => {
  const { context, leases, memories } = await makeWorld();
  const held = { resource: leaseResources.memories(scope), owner: 'follow-up/1', token: 't', ttlMs: 60_000 };
  await leases.acquire(held);
  const limits = { ...context.limits, memoryLease: { ...policy, maxRetries: 0 } };
  await expect(eraseMemories({ ...context, limits }, scope, signal)).rejects.toThrow(LeaseUnavailableError);
  expect((await memories.listMemories(scope, {})).memories).toHaveLength(3);
});
