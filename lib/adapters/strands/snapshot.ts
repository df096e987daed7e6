import type { SnapshotStorage } from '@strands-agents/sdk';
import type { JsonObject } from '../../messages/index.ts';
import type { HistoryMessage } from '../history/index.ts';
import { type AgentState, stateOf } from './agent-state.ts';
import { isObject } from './json-fields.ts';
import { toStrands } from './to-strands.ts';

export type Snapshot = Parameters<SnapshotStorage['saveSnapshot']>[0]['snapshot'];

/** Of the snapshots whose messages are read and written here. */
export const SCHEMA_VERSION = '1.0';

/** A snapshot's messages and all else, as JSON says them: it may hold the agent's own objects, which change. */
export function partsOfSnapshot({ data, appData, schemaVersion }: Snapshot) {
  const { messages, ...fields } = JSON.parse(JSON.stringify(data)) as JsonObject;
  const state: AgentState = {
    ...fields,
    ...(schemaVersion !== SCHEMA_VERSION && { schemaVersion }),
    ...(Object.keys(appData).length > 0 && { appData: JSON.parse(JSON.stringify(appData)) }),
  };
  return { messages: Array.isArray(messages) ? messages.filter(isObject) : [], state };
}

/** The whole history as a snapshot of an agent that has it. */
export function snapshotOf(history: readonly HistoryMessage[]): Snapshot {
  const { schemaVersion = SCHEMA_VERSION, appData, ...fields } = stateOf(history);
  const snapshot = {
    scope: 'agent',
    schemaVersion: String(schemaVersion),
    createdAt: history.at(-1)?.at ?? '',
    data: { ...fields, messages: history.map(toStrands) },
    appData: isObject(appData) ? appData : {},
  };
  // It is JSON, and its type is that of JSON which may be changed.
  return snapshot as unknown as Snapshot;
}
