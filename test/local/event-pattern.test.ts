import { describe, expect, it } from 'vitest';
import { TemplateError } from '../../local/errors.ts';
import { eventPattern } from '../../local/lambda/event-pattern.ts';

const matches = (pattern: object, event: unknown) => eventPattern(pattern, 'Feed')(event);

describe('a pattern of events', () => {
  it('asks for one of its values, in each of its places', () => {
    const pattern = { kind: ['a', 'b'], inner: { count: [1, null], isNew: [true] } };
    expect(matches(pattern, { kind: 'b', inner: { count: 1, isNew: true }, more: 1 })).toBe(true);
    expect(matches(pattern, { kind: 'b', inner: { count: null, isNew: true } })).toBe(true);
    expect(matches(pattern, { kind: 'c', inner: { count: 1, isNew: true } })).toBe(false);
    expect(matches(pattern, { kind: 'a', inner: { count: '1', isNew: true } })).toBe(false);
    expect(matches(pattern, { kind: 'a', inner: { isNew: true } })).toBe(false);
    expect(matches(pattern, { kind: 'a' })).toBe(false);
  });

  it('asks for how a text begins', () => {
    const pattern = { dynamodb: { Keys: { sk: { S: [{ prefix: 'COMMIT#' }] } } } };
    const record = (sk: object) => ({ eventName: 'INSERT', dynamodb: { Keys: { sk } } });
    expect(matches(pattern, record({ S: 'COMMIT#1' }))).toBe(true);
    expect(matches(pattern, record({ S: 'MESSAGE#COMMIT#1' }))).toBe(false);
    expect(matches(pattern, record({ N: '1' }))).toBe(false);
  });

  it('asks whether there is a value', () => {
    expect(matches({ a: [{ exists: true }] }, { a: 0 })).toBe(true);
    expect(matches({ a: [{ exists: true }] }, {})).toBe(false);
    expect(matches({ a: [{ exists: false }] }, {})).toBe(true);
    expect(matches({ a: [{ exists: false }] }, { a: null })).toBe(false);
    expect(matches({ a: { b: [{ exists: false }] } }, {})).toBe(true);
  });

  it('takes any value of a list that the event has', () => {
    expect(matches({ tags: ['x'] }, { tags: ['w', 'x'] })).toBe(true);
    expect(matches({ tags: [{ prefix: 'y' }] }, { tags: ['w', 'x'] })).toBe(false);
  });

  it('finds nothing that an event only inherits', () => {
    expect(matches({ constructor: [{ exists: true }] }, {})).toBe(false);
  });

  it.each([
    ['another comparison', { a: [{ suffix: 'x' }] }, /Feed, at a.*suffix/],
    ['two comparisons in one', { a: [{ prefix: 'x', exists: true }] }, /prefix/],
    ['a prefix that is no text', { a: [{ prefix: 1 }] }, /prefix/],
    ['alternatives of places', { $or: [{ a: ['x'] }, { b: ['y'] }] }, /\$or/],
    ['a list of nothing', { a: [] }, /empty list/],
    ['a value outside of a list', { a: 'x' }, /Feed, at a.*"x" is not an object/],
  ])('is refused with %s, by its place', (_what, pattern, words) => {
    expect(() => eventPattern(pattern, 'Feed')).toThrow(TemplateError);
    expect(() => eventPattern(pattern, 'Feed')).toThrow(words);
  });
});
