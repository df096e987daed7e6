import { describe, expect, it } from 'vitest';
import type { LimitName } from '../../lib/limits/index.ts';
import {
  changeLimits,
  planRollback,
  type Rollback,
  readHistory,
  readLimits,
} from '../../operator/limits/index.ts';
import { memoryTarget } from './memory-target.ts';

const { signal } = new AbortController();

async function world() {
  const w = await memoryTarget();
  const set = (values: Partial<Record<LimitName, string>>) =>
    changeLimits(w.target, new Map(Object.entries(values) as [LimitName, string][]), signal);
  return {
    target: w.target,
    set,
    async rollback(what: Rollback = {}) {
      return changeLimits(w.target, await planRollback(w.target, what, signal), signal);
    },
    async valueOf(name: LimitName) {
      const { limits } = await readLimits(w.target, signal);
      return limits.find((limit) => limit.name === name);
    },
    [Symbol.asyncDispose]: () => w[Symbol.asyncDispose](),
  };
}

describe('a rollback', () => {
  it('takes back together what was changed together, and nothing else', async () => {
    await using w = await world();
    await w.set({ 'commit.deadlineMs': '200000' });
    await w.set({ 'lease.ttlMs': '20000', 'lease.maxRetries': '7' });
    await w.set({ 'lease.ttlMs': '45000', 'lease.maxRetries': '20' });
    const changes = await w.rollback();
    expect(changes.map(({ name, before, after }) => [name, before, after]).toSorted()).toEqual([
      ['lease.maxRetries', '20', '7'],
      ['lease.ttlMs', '45000', '20000'],
    ]);
    expect(await w.valueOf('commit.deadlineMs')).toMatchObject({ value: '200000' });
  });

  it('of a first change makes limits what they are as deployed', async () => {
    await using w = await world();
    await w.set({ 'lease.ttlMs': '45000' });
    await w.rollback();
    expect(await w.valueOf('lease.ttlMs')).toMatchObject({
      value: '30000',
      source: 'default',
      isDefault: true,
    });
  });

  it('may be of one limit, to any version of it', async () => {
    await using w = await world();
    await w.set({ 'lease.ttlMs': '20000', 'lease.maxRetries': '7' });
    await w.set({ 'lease.ttlMs': '45000' });
    await w.set({ 'lease.ttlMs': '50000' });
    await w.rollback({ name: 'lease.ttlMs', version: 1 });
    expect(await w.valueOf('lease.ttlMs')).toMatchObject({ value: '20000' });
    await w.rollback({ name: 'lease.ttlMs', version: 0 });
    expect(await w.valueOf('lease.ttlMs')).toMatchObject({ value: '30000', source: 'default' });
    expect(await w.valueOf('lease.maxRetries')).toMatchObject({ value: '7', source: 'parameter' });
    const history = await readHistory(w.target, 'lease.ttlMs', signal);
    expect(history.map(({ value }) => value)).toEqual(['default', '20000', '50000', '45000', '20000']);
  });

  it('says which versions there are, and that there is nothing to take back', async () => {
    await using w = await world();
    await expect(w.rollback()).rejects.toThrow('Nobody has set a limit on commitlane-dev');
    await w.set({ 'lease.ttlMs': '20000' });
    await expect(w.rollback({ name: 'lease.ttlMs', version: 9 })).rejects.toThrow(
      'has no version 9. It has 1; 0 is',
    );
  });

  it('writes nothing where what it comes to would not be valid any more', async () => {
    await using w = await world();
    await w.set({ 'commit.deadlineMs': '50000', 'lease.acquireTimeoutMs': '40000' });
    await w.set({ 'commit.deadlineMs': '300000' });
    await w.set({ 'lease.acquireTimeoutMs': '110000' });
    await expect(w.rollback({ name: 'commit.deadlineMs' })).rejects.toThrow(
      'lease.acquireTimeoutMs (110000)',
    );
    expect(await w.valueOf('commit.deadlineMs')).toMatchObject({ value: '300000' });
  });
});
