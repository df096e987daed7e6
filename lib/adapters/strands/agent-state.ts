import type { JsonObject, JsonValue } from '../../messages/index.ts';
// Past the index, which does not offer it.
import { sameJson } from '../../messages/same-json.ts';
import type { HistoryMessage } from '../history/index.ts';
import { isObject } from './json-fields.ts';

/** What a snapshot has besides messages, such as `state` and `systemPrompt`, field by field. */
export type AgentState = JsonObject;

/** The metadata that keeps changes with a message. */
export function withChanges(metadata: JsonObject | undefined, changes: AgentState): JsonObject {
  const strands = metadata?.['strands'];
  return { ...metadata, strands: { ...(isObject(strands) ? strands : {}), changes } };
}

/** The state as of the last message: each field as it was changed last. */
export function stateOf(messages: readonly HistoryMessage[]): AgentState {
  return Object.assign({}, ...messages.map(changesOf)) as AgentState;
}

function changesOf({ metadata }: HistoryMessage): JsonObject {
  const strands = metadata?.['strands'];
  const changes: JsonValue | undefined = isObject(strands) ? strands['changes'] : undefined;
  return isObject(changes) ? changes : {};
}

/** The fields that have become another; one that is gone has become `null`. */
export function changesBetween(before: AgentState, after: AgentState): AgentState {
  const gone = Object.keys(before).filter((field) => !Object.hasOwn(after, field) && before[field] !== null);
  const changed = Object.entries(after).filter(
    ([field, value]) => !(Object.hasOwn(before, field) && sameJson(before[field], value)),
  );
  return Object.fromEntries([...gone.map((field) => [field, null] as const), ...changed]);
}
