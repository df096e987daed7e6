import { describe, expect, it } from 'vitest';
import {
  type GivenLimits,
  givenLimits,
  InvalidLimitsError,
  limitDefinitions,
  limitsWithoutParameters,
  limitVariable,
  resolveLimits,
} from '../../lib/limits/index.ts';

const deployment = {
  commitFunctionTimeoutMs: 600_000,
  followUpFunctionTimeoutMs: 900_000,
  marginMs: 15_000,
  maxReceiveCount: 5,
};
const given = (more: Partial<GivenLimits>): GivenLimits => ({
  deployed: {},
  parameters: {},
  variables: {},
  ...more,
});

describe('a limit', () => {
  it.each(limitDefinitions)('is what counts most of what is set: $name', (definition) => {
    const { name } = definition;
    const text = (value: number) =>
      definition.kind === 'choice' ? String(definition.choices[value % 3]) : String(definition.min + value);
    const of = (more: Partial<GivenLimits>) => givenLimits(given(more)).get(name);
    const deployed = { [name]: text(1) };
    const parameters = { [name]: text(2) };
    const variables = { [limitVariable(name)]: text(3) };
    expect(of({})).toEqual({ value: String(definition.default), source: 'default' });
    expect(of({ deployed })).toEqual({ value: text(1), source: 'deployment' });
    expect(of({ deployed, parameters })).toEqual({ value: text(2), source: 'parameter' });
    expect(of({ deployed, parameters, variables })).toEqual({ value: text(3), source: 'environment' });
    expect(of({ variables })).toEqual({ value: text(3), source: 'environment' });
    expect(of({ deployed, parameters: { [name]: 'default' } })).toEqual({
      value: text(1),
      source: 'deployment',
    });
  });

  it('has a variable whose name is its own, in the way of variables', () => {
    expect(limitVariable('lease.ttlMs')).toBe('COMMITLANE_LEASE_TTL_MS');
    expect(limitVariable('memoryLease.maxRetries')).toBe('COMMITLANE_MEMORY_LEASE_MAX_RETRIES');
    expect(limitVariable('followUp.onExtractionTimeout')).toBe('COMMITLANE_FOLLOW_UP_ON_EXTRACTION_TIMEOUT');
    const all = limitDefinitions.map(({ name }) => limitVariable(name));
    expect(new Set(all).size).toBe(limitDefinitions.length);
  });
});

describe('a set of limits', () => {
  it('is refused as a whole, wherever the value is from that is wrong', () => {
    const wrong = [
      { deployed: { 'lease.ttlMs': '5' } },
      { parameters: { 'lease.ttlMs': '5' } },
      { variables: { COMMITLANE_LEASE_TTL_MS: '5' } },
    ];
    for (const more of wrong)
      expect(() => resolveLimits(given(more), deployment)).toThrow(InvalidLimitsError);
    const contradicting = {
      deployed: { 'lease.acquireTimeoutMs': '100000' },
      parameters: { 'commit.deadlineMs': '90000' },
    };
    expect(() => resolveLimits(given(contradicting), deployment)).toThrow('acquireTimeoutMs (100000)');
  });

  it('leaves out what is no limit', () => {
    expect(
      resolveLimits(given({ parameters: { other: '1' }, variables: { PATH: '/bin' } }), deployment),
    ).toEqual(resolveLimits(given({}), deployment));
  });

  it('is, without parameters, what was deployed, and the defaults where that is wrong', () => {
    const at = (ttlMs: string) =>
      limitsWithoutParameters({ deployed: { 'lease.ttlMs': ttlMs }, variables: {} }, deployment);
    expect(at('45000')).toMatchObject({ lease: { ttlMs: 45_000 }, sources: { 'lease.ttlMs': 'deployment' } });
    expect(at('5')).toMatchObject({ lease: { ttlMs: 30_000 }, sources: { 'lease.ttlMs': 'default' } });
  });
});
