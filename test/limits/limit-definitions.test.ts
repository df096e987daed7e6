import { describe, expect, it } from 'vitest';
import { defaultLimits, limitDefinitions, limitPattern, parseLimits } from '../../lib/limits/index.ts';
import { limitValue } from './limit-value.ts';

const integers = limitDefinitions.filter((definition) => definition.kind === 'integer');
const choices = limitDefinitions.filter((definition) => definition.kind === 'choice');

describe('the definitions of the limits', () => {
  it('name every limit that there is, each once', () => {
    const fields = Object.entries(defaultLimits).flatMap(([group, limits]) =>
      Object.keys(limits).map((field) => `${group}.${field}`),
    );
    expect(limitDefinitions.map(({ name }) => name).sort()).toEqual(fields.sort());
  });

  it('have the defaults that hold without any parameter', () => {
    for (const definition of limitDefinitions) {
      expect(definition.default, definition.name).toBe(limitValue(defaultLimits, definition.name));
    }
  });

  it('describe every limit in words of its own', () => {
    const descriptions = limitDefinitions.map(({ description }) => description);
    expect(descriptions.every((description) => description.length > 10)).toBe(true);
    expect(new Set(descriptions).size).toBe(descriptions.length);
  });
});

describe('a limit that is a number', () => {
  it.each(integers)('takes its least and its greatest value: $name from $min to $max', (definition) => {
    for (const value of [definition.min, definition.max]) {
      expect(limitValue(parseLimits({ [definition.name]: String(value) }), definition.name)).toBe(value);
    }
  });

  it.each(integers)('refuses one less and one more, and says the range: $name', ({ name, min, max }) => {
    for (const value of [min - 1, max + 1]) {
      expect(() => parseLimits({ [name]: String(value) })).toThrow(
        new RegExp(`${name} must be a whole number of \\w+ from ${min} to ${max}, not '${value}'`),
      );
    }
  });

  it.each(integers)('has a pattern that admits its range and no number with more digits: $name', (one) => {
    const pattern = new RegExp(limitPattern(one));
    for (const value of [one.min, one.default, one.max]) expect(String(value)).toMatch(pattern);
    for (const text of [`${one.max}0`, '-1', '1.5', '1e3', '007', ' 1', '1 ', '', 'x']) {
      expect(text).not.toMatch(pattern);
    }
  });

  it('has no way to say unlimited: 0 is a value only where it means none at all', () => {
    expect(integers.filter(({ min }) => min === 0).map(({ name }) => name)).toEqual([
      'lease.maxRetries',
      'memoryLease.maxRetries',
    ]);
  });
});

describe('a limit that is a choice', () => {
  it.each(choices)('takes each of its choices: $name', (definition) => {
    for (const choice of definition.choices) {
      expect(choice).toMatch(new RegExp(limitPattern(definition)));
      expect(limitValue(parseLimits({ [definition.name]: choice }), definition.name)).toBe(choice);
    }
  });

  it.each(choices)('refuses anything else, and says what there is to choose from: $name', (definition) => {
    const { name } = definition;
    const wanted = definition.choices.join(', ');
    for (const text of ['never', '', definition.default.toUpperCase(), `${definition.default} `]) {
      expect(text).not.toMatch(new RegExp(limitPattern(definition)));
      expect(() => parseLimits({ [name]: text })).toThrow(`${name} must be one of ${wanted}, not '${text}'`);
    }
  });
});
