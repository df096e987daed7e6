import { TemplateError } from '../errors.ts';

/** Whether an event is one that a pattern asks for. */
export type EventMatcher = (event: unknown) => boolean;

type ValueMatcher = (value: unknown) => boolean;

/**
 * Reads a pattern of EventBridge, as filters of event source mappings have it: objects of lists, of which an event has
 * one value at least in each place. Of the comparisons, it knows those that this app's template uses: equal, `prefix` and
 * `exists`.
 *
 * @param name of what has the pattern, for the error.
 * @throws TemplateError for one that is not a pattern, or compares otherwise.
 */
export function eventPattern(pattern: unknown, name: string): EventMatcher {
  if (!isObject(pattern)) throw refusal(name, `${JSON.stringify(pattern)} is not an object`);
  const members = Object.entries(pattern).map(([key, wanted]) => memberMatcher(key, wanted, name));
  return (event) => members.every((matches) => matches(isObject(event) ? event : {}));
}

function memberMatcher(key: string, wanted: unknown, name: string) {
  const of = (event: Readonly<Record<string, unknown>>) =>
    Object.hasOwn(event, key) ? event[key] : undefined;
  const place = `${name}, at ${key}`;
  if (!Array.isArray(wanted)) {
    const matches = eventPattern(wanted, place);
    return (event: Readonly<Record<string, unknown>>) => matches(of(event));
  }
  if (wanted.length === 0) throw refusal(place, 'an empty list matches nothing');
  const alternatives = wanted.map((one: unknown) => valueMatcher(one, place));
  return (event: Readonly<Record<string, unknown>>) => alternatives.some((matches) => matches(of(event)));
}

function valueMatcher(wanted: unknown, name: string): ValueMatcher {
  if (!isObject(wanted)) return anyOf((value) => value === wanted);
  const [[comparison = '', operand] = [], ...others] = Object.entries(wanted);
  if (others.length === 0 && comparison === 'prefix' && typeof operand === 'string')
    return anyOf((value) => typeof value === 'string' && value.startsWith(operand));
  if (others.length === 0 && comparison === 'exists' && typeof operand === 'boolean')
    return (value) => isLeaf(value) === operand;
  throw refusal(name, `${JSON.stringify(wanted)} is no comparison that the embedded stack knows`);
}

/** A list matches with any of its values. */
const anyOf =
  (matches: ValueMatcher): ValueMatcher =>
  (value) =>
    Array.isArray(value) ? value.some(matches) : matches(value);

const isLeaf = (value: unknown) => value !== undefined && !isObject(value);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const refusal = (name: string, problem: string) =>
  new TemplateError(
    `The pattern of ${name} cannot be used: ${problem}. It may have values, {"prefix": "…"} and {"exists": true or false}.`,
  );
