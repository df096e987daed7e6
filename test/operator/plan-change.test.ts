import { describe, expect, it } from 'vitest';
import { type GivenLimits, InvalidLimitsError, type LimitName } from '../../lib/limits/index.ts';
import { changesBetween } from '../../operator/limits/plan-change.ts';

const deployment = {
  commitFunctionTimeoutMs: 600_000,
  followUpFunctionTimeoutMs: 900_000,
  marginMs: 5_000,
  maxReceiveCount: 5,
};
const wanted = (values: Partial<Record<LimitName, string>>) =>
  new Map(Object.entries(values) as [LimitName, string][]);

const given = (parameters: Record<string, string> = {}, more: Partial<GivenLimits> = {}): GivenLimits => ({
  deployed: {},
  parameters,
  variables: {},
  ...more,
});

describe('a change of limits', () => {
  it('says what they were, and what they will be', () => {
    const changes = changesBetween(
      given({ 'lease.ttlMs': '20000' }),
      wanted({ 'lease.ttlMs': '45000' }),
      deployment,
    );
    expect(changes).toEqual([{ name: 'lease.ttlMs', before: '20000', after: '45000', value: '45000' }]);
  });

  it('leaves alone what is so already, and writes a default that has no parameter', () => {
    expect(
      changesBetween(given({ 'lease.ttlMs': '45000' }), wanted({ 'lease.ttlMs': '45000' }), deployment),
    ).toEqual([]);
    expect(changesBetween(given(), wanted({ 'lease.ttlMs': '30000' }), deployment)).toHaveLength(1);
  });

  it.each([
    ['0', /lease\.ttlMs must be a whole number of ms from 1000 to 300000, not '0'/],
    ['abc', /not 'abc'/],
    ['-5', /not '-5'/],
    ['1e3', /not '1e3'/],
  ])('to %s is refused', (value, message) => {
    expect(() => changesBetween(given(), wanted({ 'lease.ttlMs': value }), deployment)).toThrow(message);
  });

  it('that the deployed functions cannot honour is refused', () => {
    const short = { ...deployment, commitFunctionTimeoutMs: 400_000 };
    const change = () => changesBetween(given(), wanted({ 'commit.deadlineMs': '396000' }), short);
    expect(change).toThrow(InvalidLimitsError);
    expect(change).toThrow(/less than the commit function's timeout minus the margin \(400000 - 5000\)/);
  });

  it('is checked with what is set already', () => {
    const values = given({ 'lease.acquireTimeoutMs': '100000' });
    expect(() => changesBetween(values, wanted({ 'commit.deadlineMs': '90000' }), deployment)).toThrow(
      /acquireTimeoutMs/,
    );
    const both = wanted({ 'commit.deadlineMs': '90000', 'lease.acquireTimeoutMs': '50000' });
    expect(changesBetween(values, both, deployment)).toHaveLength(2);
  });

  it('back to what was deployed says so, and what that comes to', () => {
    const set = given({ 'lease.ttlMs': '20000' }, { deployed: { 'lease.ttlMs': '45000' } });
    expect(changesBetween(set, wanted({ 'lease.ttlMs': 'default' }), deployment)).toEqual([
      { name: 'lease.ttlMs', before: '20000', after: 'default', value: '45000' },
    ]);
    const deployed = given({}, { deployed: { 'lease.ttlMs': '45000' } });
    expect(changesBetween(deployed, wanted({ 'lease.ttlMs': 'default' }), deployment)).toEqual([]);
  });

  it("that a function's environment counts before says so", () => {
    const set = given({}, { variables: { COMMITLANE_LEASE_TTL_MS: '10000' } });
    expect(changesBetween(set, wanted({ 'lease.ttlMs': '20000' }), deployment)).toMatchObject([
      { before: '30000', after: '20000', overriddenBy: 'COMMITLANE_LEASE_TTL_MS' },
    ]);
  });
});
