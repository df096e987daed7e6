import { jsonValues } from './json-values.ts';

/** What a model gave as memories, none of them checked; or what is wrong with its answer, for its eyes only. */
export type ReadMemories =
  | { readonly memories: readonly unknown[]; readonly isCutOff: boolean }
  | { readonly problem: string };

/** A list that stands in a string of JSON, or a whole answer that does, is read from there: so often. */
const MAX_LAYERS = 2;

/**
 * The memories in an answer, however they are wrapped: `{ "memories": [...] }` as asked for, with other fields beside it, a level
 * deeper, as text, as a bare list or as single memories. The last of several counts: what precedes it are drafts and examples. Of
 * an answer that was cut off, the memories that are whole.
 */
export function readMemories(answer: string): ReadMemories {
  const { values, isCutOff } = jsonValues(textIn(answer));
  const whole = values.map((value) => envelopeOf(value, MAX_LAYERS)).findLast((memories) => memories);
  if (whole) return { memories: whole, isCutOff: false };
  const list = values.filter(Array.isArray).findLast((items) => items.length > 0 && items.every(isObject));
  if (list) return { memories: list, isCutOff: false };
  const singles = values.filter(isMemory);
  if (singles.length > 0) return { memories: singles, isCutOff };
  if (values.length === 0) return { problem: 'It is not JSON.' };
  if (!isCutOff && values.every(holdsNothing)) return { memories: [], isCutOff };
  return { problem: 'It has no "memories".' };
}

/** JSON that was written as a string of JSON. */
function textIn(answer: string): string {
  if (!answer.startsWith('"')) return answer;
  try {
    const inner: unknown = JSON.parse(answer);
    return typeof inner === 'string' ? inner : answer;
  } catch {
    // Prose that begins with a quotation mark.
    return answer;
  }
}

function envelopeOf(value: unknown, layers: number): readonly unknown[] | undefined {
  if (!isObject(value) || layers === 0) return undefined;
  if (!Object.hasOwn(value, 'memories')) {
    const [only, ...others] = Object.values(value).filter(isObject);
    return others.length === 0 ? envelopeOf(only, layers - 1) : undefined;
  }
  const { memories } = value;
  if (memories === null) return [];
  if (Array.isArray(memories)) return memories;
  if (typeof memories === 'string') return jsonValues(memories).values.flat();
  return isMemory(memories) ? [memories] : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isMemory(value: unknown): boolean {
  return isObject(value) && Object.hasOwn(value, 'text') && Object.hasOwn(value, 'key');
}

/** Neither an object nor a list is in it. */
function holdsNothing(value: unknown): boolean {
  return Object.values(value as object).every((inner) => typeof inner !== 'object' || inner === null);
}
