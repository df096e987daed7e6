import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import {
  type Deployment,
  defaultLimits,
  type LimitsEvent,
  limitDefinitions,
  limitsSource,
} from '../../lib/limits/index.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { countingClient, parameterServer } from './parameter-server.ts';

/** SSM gives ten parameters at a time. */
const PAGES = Math.ceil(limitDefinitions.length / 10);
const deployment: Deployment = {
  commitFunctionTimeoutMs: 600_000,
  followUpFunctionTimeoutMs: 900_000,
  marginMs: 5_000,
  maxReceiveCount: 5,
};

type SetLimits = Parameters<typeof limitsSource>[0]['set'];
const NOTHING_SET: SetLimits = { deployed: {}, variables: {} };

async function world(options: { readonly random?: number; readonly set?: SetLimits } = {}) {
  const server = await parameterServer();
  const clock = fakeClock();
  const events: LimitsEvent[] = [];
  const limits = limitsSource({
    ssm: server.reader.client,
    path: server.path,
    deployment,
    set: options.set ?? NOTHING_SET,
    clock,
    random: () => options.random ?? 0,
    onEvent: (event) => events.push(event),
  });
  return {
    server,
    clock,
    events,
    limits,
    types: () => events.map(({ type }) => type),
    refreshes: () => server.reader.requests / PAGES,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

describe('the limits in effect', () => {
  it('are those of the parameters, each with where it came from', async () => {
    await using w = await world();
    await w.server.set('lease.ttlMs', '45000');
    await w.server.unset('lease.maxRetries');

    const { sources, ...limits } = await w.limits();
    expect(limits).toEqual({ ...defaultLimits, lease: { ...defaultLimits.lease, ttlMs: 45_000 } });
    expect(sources['lease.ttlMs']).toBe('parameter');
    expect(sources['lease.maxRetries']).toBe('default');
    expect(Object.keys(sources).sort()).toEqual(limitDefinitions.map(({ name }) => name).sort());
    expect(w.types()).toEqual(['limits.loaded']);
  });

  it('are read once by callers that come at the same moment, every page of them', async () => {
    await using w = await world();
    const all = await Promise.all(Array.from({ length: 20 }, () => w.limits()));
    expect(w.server.reader.requests).toBe(PAGES);
    expect(PAGES).toBeGreaterThan(1);
    expect(new Set(all).size).toBe(1);
  });

  it('are used for a minute, then read again', async () => {
    await using w = await world();
    await w.limits();
    await w.server.set('lease.ttlMs', '20000');
    await w.clock.advance(59_999);
    expect((await w.limits()).lease.ttlMs).toBe(30_000);
    expect(w.refreshes()).toBe(1);

    await w.clock.advance(1);
    expect((await w.limits()).lease.ttlMs).toBe(20_000);
    expect(w.refreshes()).toBe(2);
    expect(w.types()).toEqual(['limits.loaded', 'limits.loaded']);
  });

  it('are kept up to a tenth longer, at random, so that functions do not ask all at once', async () => {
    await using w = await world({ random: 0.5 });
    await w.limits();
    await w.clock.advance(62_999);
    await w.limits();
    expect(w.refreshes()).toBe(1);
    await w.clock.advance(1);
    await w.limits();
    expect(w.refreshes()).toBe(2);
  });

  it('are not announced again when nothing has changed', async () => {
    await using w = await world();
    for (let refresh = 0; refresh < 3; refresh += 1) {
      await w.limits();
      await w.clock.advance(60_000);
    }
    expect(w.refreshes()).toBe(3);
    expect(w.types()).toEqual(['limits.loaded']);
  });
});

describe('what the deployment and the environment set', () => {
  it('counts from the first moment, parameters or not', async () => {
    const set = { deployed: { 'lease.ttlMs': '45000' }, variables: { COMMITLANE_LEASE_MAX_RETRIES: '3' } };
    await using w = await world({ set });
    await w.server.stop();
    expect(await w.limits()).toMatchObject({
      lease: { ttlMs: 45_000, maxRetries: 3 },
      sources: { 'lease.ttlMs': 'deployment', 'lease.maxRetries': 'environment' },
    });
  });

  it('is not changed by parameters as the stack was deployed with them', async () => {
    await using w = await world({ set: { deployed: { 'lease.ttlMs': '45000' }, variables: {} } });
    expect((await w.limits()).lease.ttlMs).toBe(45_000);
    await w.server.set('lease.ttlMs', '30000');
    await w.clock.advance(60_000);
    expect(await w.limits()).toMatchObject({
      lease: { ttlMs: 30_000 },
      sources: { 'lease.ttlMs': 'parameter' },
    });
  });

  it('refuses the whole set when it is wrong, and says so', async () => {
    await using w = await world({ set: { deployed: {}, variables: { COMMITLANE_LEASE_TTL_MS: 'soon' } } });
    expect(await w.limits()).toMatchObject(defaultLimits);
    expect(w.events).toMatchObject([
      { type: 'limits.rejected', problems: [expect.stringContaining("not 'soon'")] },
    ]);
  });
});

describe('limits that an operator has set wrong', () => {
  it('change nothing: the last good set stays as a whole, and the event says why', async () => {
    await using w = await world();
    await w.server.set('lease.ttlMs', '20000');
    await w.limits();
    await w.server.set('lease.ttlMs', '5');
    await w.server.set('lease.maxRetries', '7');
    await w.clock.advance(60_000);

    const { lease, sources } = await w.limits();
    expect(lease).toEqual({ ...defaultLimits.lease, ttlMs: 20_000 });
    expect(new Set(Object.values(sources))).toEqual(new Set(['last-good']));
    expect(w.events.at(-1)).toEqual({
      type: 'limits.rejected',
      problems: ["lease.ttlMs must be a whole number of ms from 1000 to 300000, not '5'"],
    });
  });

  it('are asked for again after 5 s, and come into effect once they are mended', async () => {
    await using w = await world();
    await w.limits();
    await w.server.set('lease.ttlMs', 'soon');
    await w.clock.advance(60_000);
    await w.limits();
    await w.server.set('lease.ttlMs', '40000');

    await w.clock.advance(4_999);
    expect((await w.limits()).lease.ttlMs).toBe(30_000);
    await w.clock.advance(1);
    const { lease, sources } = await w.limits();
    expect(lease.ttlMs).toBe(40_000);
    expect(sources['lease.ttlMs']).toBe('parameter');
    expect(w.types()).toEqual(['limits.loaded', 'limits.rejected', 'limits.loaded']);
  });

  it('are announced as loaded when they are put back to what they were', async () => {
    await using w = await world();
    await w.limits();
    await w.server.set('lease.ttlMs', 'soon');
    await w.clock.advance(60_000);
    await w.limits();
    await w.server.set('lease.ttlMs', '30000');
    await w.clock.advance(5_000);
    await w.limits();
    expect(w.types()).toEqual(['limits.loaded', 'limits.rejected', 'limits.loaded']);
  });

  it('leave the defaults in effect when there was no good set before', async () => {
    await using w = await world();
    await w.server.set('lease.ttlMs', '0');
    const { sources, ...limits } = await w.limits();
    expect(limits).toEqual(defaultLimits);
    expect(new Set(Object.values(sources))).toEqual(new Set(['default']));
    expect(w.types()).toEqual(['limits.rejected']);
  });

  it('are refused when they are each in range and contradict the deployment', async () => {
    await using w = await world();
    await w.server.set('commit.deadlineMs', '540000');
    await w.limits();
    expect(w.types()).toEqual(['limits.loaded']);

    await w.server.set('followUp.summaryTimeoutMs', '700000');
    await w.clock.advance(60_000);
    expect((await w.limits()).followUp.summaryTimeoutMs).toBe(120_000);
    expect(w.events.at(-1)).toMatchObject({
      type: 'limits.rejected',
      problems: [expect.stringContaining('followUp.summaryTimeoutMs (700000) must be less than')],
    });
  });

  it('are in effect without one that nobody knows, which is reported by its name', async () => {
    await using w = await world();
    await w.server.set('lease.ttl', '1000');
    await w.server.set('lease.ttlMs', '20000');
    expect((await w.limits()).lease.ttlMs).toBe(20_000);
    expect(w.events).toMatchObject([{ type: 'limits.loaded', unknown: ['lease.ttl'] }]);
  });
});

describe('limits out of reach', () => {
  it('stay as they were last, and the event says what happened and when it is tried again', async () => {
    await using w = await world();
    await w.server.set('lease.ttlMs', '20000');
    await w.limits();
    await w.server.stop();
    await w.clock.advance(60_000);

    const { lease, sources } = await w.limits();
    expect(lease.ttlMs).toBe(20_000);
    expect(sources['lease.ttlMs']).toBe('last-good');
    expect(w.events.at(-1)).toMatchObject({
      type: 'limits.unavailable',
      error: {
        code: 'limits-unavailable',
        message: expect.stringContaining('/commitlane/test'),
        retry: { retryable: true, afterMs: 5_000 },
      },
    });
  });

  it('are not read for ever when something else has filled their path', async () => {
    await using w = await world();
    for (let index = 0; index < 200; index += 1) await w.server.set(`filler.${index}`, '1');
    expect(await w.limits()).toMatchObject(defaultLimits);
    expect(w.server.reader.requests).toBe(20);
    expect(w.events).toMatchObject([
      {
        type: 'limits.unavailable',
        error: { message: expect.stringContaining('more than 20 pages of them; keep only limits') },
      },
    ]);
  });

  it('are waited for no longer than 3 s when the server never answers', async () => {
    const server = createServer(() => 'the request is taken, and nothing comes back');
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { client } = countingClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const clock = fakeClock();
    const events: LimitsEvent[] = [];
    const limits = limitsSource({
      ssm: client,
      path: '/commitlane/test',
      deployment,
      set: NOTHING_SET,
      clock,
      random: () => 0,
      onEvent: (event) => events.push(event),
    });

    let answer: unknown;
    const asked = limits().then((resolved) => {
      answer = resolved;
    });
    await clock.advance(2_999);
    expect(answer).toBeUndefined();
    await clock.advance(1);
    await asked;
    expect(answer).toMatchObject(defaultLimits);
    expect(events).toMatchObject([
      {
        type: 'limits.unavailable',
        error: { message: expect.stringContaining('there was no answer in 3000 ms') },
      },
    ]);
    expect(clock.sleepers).toBe(0);

    client.destroy();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
});
