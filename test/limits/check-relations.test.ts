import { describe, expect, it } from 'vitest';
import {
  checkRelations,
  type Deployment,
  defaultLimits,
  type LeaseLimits,
  type Limits,
} from '../../lib/limits/index.ts';

const deployment: Deployment = {
  commitFunctionTimeoutMs: 600_000,
  followUpFunctionTimeoutMs: 900_000,
  marginMs: 5_000,
  maxReceiveCount: 5,
};

function withLease(changes: Partial<LeaseLimits>): Limits {
  return { ...defaultLimits, lease: { ...defaultLimits.lease, ...changes } };
}

describe('the relations between limits', () => {
  it('hold for the defaults, by themselves and in the deployment they are made for', () => {
    expect(checkRelations(defaultLimits)).toEqual([]);
    expect(checkRelations(defaultLimits, deployment)).toEqual([]);
  });

  it('do not let waiting for the lease use up the whole deadline', () => {
    const limits: Limits = { ...defaultLimits, commit: { deadlineMs: 60_000 } };
    expect(checkRelations(limits)).toEqual([
      'lease.acquireTimeoutMs (60000) must be less than commit.deadlineMs (60000): lower the first or raise the second',
    ]);
    expect(checkRelations({ ...limits, commit: { deadlineMs: 60_001 } })).toEqual([]);
  });

  it('ask of the memory lease what they ask of the other, against the deadline of the follow-up', () => {
    const memoryLease = { ...defaultLimits.memoryLease, acquireTimeoutMs: 100, retryIntervalMs: 100 };
    const followUp = {
      ...defaultLimits.followUp,
      deadlineMs: 50,
      summaryTimeoutMs: 10,
      extractionTimeoutMs: 10,
    };
    expect(checkRelations({ ...defaultLimits, memoryLease, followUp })).toEqual([
      expect.stringContaining(
        'memoryLease.acquireTimeoutMs (100) must be less than followUp.deadlineMs (50)',
      ),
      expect.stringContaining(
        'memoryLease.retryIntervalMs (100) must be less than memoryLease.acquireTimeoutMs (100)',
      ),
    ]);
  });

  it('leave time for a retry, unless there is to be none', () => {
    const changes = { retryIntervalMs: 10_000, acquireTimeoutMs: 5_000 };
    expect(checkRelations(withLease(changes))).toEqual([
      expect.stringContaining(
        'lease.retryIntervalMs (10000) must be less than lease.acquireTimeoutMs (5000)',
      ),
    ]);
    expect(checkRelations(withLease({ ...changes, maxRetries: 0 }))).toEqual([]);
  });

  it.each(['summaryTimeoutMs', 'extractionTimeoutMs'] as const)(
    'keep one model call shorter than the whole follow-up: %s',
    (field) => {
      const followUp = { ...defaultLimits.followUp, [field]: defaultLimits.followUp.deadlineMs };
      expect(checkRelations({ ...defaultLimits, followUp })).toEqual([
        expect.stringContaining(`followUp.${field} (600000) must be less than followUp.deadlineMs (600000)`),
      ]);
    },
  );

  it('keep a deadline, with the margin, inside the time that the function has', () => {
    const tight = {
      ...deployment,
      commitFunctionTimeoutMs: defaultLimits.commit.deadlineMs + deployment.marginMs,
      followUpFunctionTimeoutMs: defaultLimits.followUp.deadlineMs + deployment.marginMs,
    };
    expect(checkRelations(defaultLimits, tight)).toEqual([
      "commit.deadlineMs (300000) must be less than the commit function's timeout minus the margin (305000 - 5000): " +
        'lower it, or deploy with a longer timeout',
      "followUp.deadlineMs (600000) must be less than the follow-up function's timeout minus the margin " +
        '(605000 - 5000): lower it, or deploy with a longer timeout',
    ]);
    const enough = {
      ...tight,
      commitFunctionTimeoutMs: tight.commitFunctionTimeoutMs + 1,
      followUpFunctionTimeoutMs: tight.followUpFunctionTimeoutMs + 1,
    };
    expect(checkRelations(defaultLimits, enough)).toEqual([]);
  });

  it('let no crashed holder dead-letter its successors: a waiter endures longer than the holder can', () => {
    const oneDelivery = { ...deployment, maxReceiveCount: 1 };
    expect(checkRelations(defaultLimits, oneDelivery)).toEqual([
      expect.stringMatching(/a message waits for 1000 ms in all, .* more than lease\.ttlMs \(30000\)/),
      expect.stringMatching(/more than memoryLease\.ttlMs \(30000\)/),
    ]);
    const [problem] = checkRelations(defaultLimits, oneDelivery);
    for (const remedy of ['raise lease.maxRetries (10)', 'maxReceiveCount (1)', 'lower lease.ttlMs']) {
      expect(problem).toContain(remedy);
    }
  });

  it('count the waits between deliveries as well as the retries within one', () => {
    const twoDeliveries = { ...deployment, maxReceiveCount: 2 };
    expect(checkRelations(withLease({ maxRetries: 0 }), twoDeliveries)).toHaveLength(1);
    expect(checkRelations(withLease({ maxRetries: 1 }), twoDeliveries)).toEqual([]);
  });

  it.each(['dead-letter', 'skip'] as const)(
    'ask no endurance of work that is told not to wait: %s',
    (mode) => {
      const limits = {
        ...withLease({ onExhausted: mode }),
        memoryLease: { ...defaultLimits.lease, ttlMs: 900 },
      };
      expect(checkRelations(limits, { ...deployment, maxReceiveCount: 1 })).toEqual([]);
    },
  );
});
