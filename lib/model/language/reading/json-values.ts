import { jsonrepair } from 'jsonrepair';

/** Brackets that open nothing, such as those of a sentence, before the search ends: each costs a look at all that follows. */
const MAX_FAILURES = 50;

export interface JsonValues {
  /** Objects and lists, in their order. */
  readonly values: readonly unknown[];
  /** Whether one of them does not end. */
  readonly isCutOff: boolean;
}

/**
 * The JSON objects and lists in a text: beside prose, in fences, with faults that can only be meant in one way (a comma too many,
 * comments, other quotation marks). Of what is cut off, the whole objects inside it.
 */
export function jsonValues(text: string): JsonValues {
  const values: unknown[] = [];
  let isCutOff = false;
  let failures = 0;
  for (let at = nextOpening(text, 0); at !== -1 && failures < MAX_FAILURES; ) {
    const end = endOf(text, at);
    const value = end === undefined ? undefined : parsed(text.slice(at, end));
    if (value === undefined) {
      failures += 1;
      isCutOff ||= end === undefined;
    } else {
      values.push(value);
    }
    at = nextOpening(text, value === undefined || end === undefined ? at + 1 : end);
  }
  return { values, isCutOff };
}

function nextOpening(text: string, from: number): number {
  const brace = text.indexOf('{', from);
  const bracket = text.indexOf('[', from);
  return brace === -1 || bracket === -1 ? Math.max(brace, bracket) : Math.min(brace, bracket);
}

/** The place behind the bracket that closes the one at `start`; brackets in strings do not count. */
function endOf(text: string, start: number): number | undefined {
  let depth = 0;
  let isString = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (isString) {
      if (character === '\\') at += 1;
      else if (character === '"') isString = false;
    } else if (character === '"') isString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth === 0 && !isString) return at + 1;
  }
  return undefined;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return repaired(json);
  }
}

/** Prose in brackets is no JSON, and nested too deeply is nothing that was asked for: both are no value, and no failure. */
function repaired(json: string): unknown {
  try {
    return JSON.parse(jsonrepair(json));
  } catch {
    return undefined;
  }
}
