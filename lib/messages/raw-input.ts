import { readJson } from '../json/read-json.ts';
import type { JsonObject, JsonValue, ToolCallPart } from './content.ts';
import { sameJson } from './same-json.ts';

/**
 * The fields of a call whose arguments came as a text. `input` is what the text says as JSON; the text itself, if it
 * is not JSON or JSON would not keep it. `rawInput` is the text, where writing `input` would give another one.
 */
export function inputOf(raw: string): { readonly input: JsonValue; readonly rawInput?: string } {
  const reading = readJson(raw);
  const input = reading.kind === 'exact' ? (reading.value as JsonValue) : raw;
  return JSON.stringify(input) === raw ? { input } : { input, rawInput: raw };
}

/** The arguments of a call as a text: byte for byte what came, unless `input` has been changed since. */
export function rawInputOf(call: ToolCallPart & JsonObject): string {
  const raw = call['rawInput'];
  return typeof raw === 'string' && sameJson(inputOf(raw).input, call.input)
    ? raw
    : JSON.stringify(call.input);
}
