import type { MessageData, SnapshotStorage } from '@strands-agents/sdk';

type Snapshot = Parameters<SnapshotStorage['saveSnapshot']>[0]['snapshot'];

/** As an agent takes one, with all else that it has. */
export function snapshotOfMessages(
  messages: readonly MessageData[],
  { data = {}, appData = {} }: Partial<Pick<Snapshot, 'data' | 'appData'>> = {},
): Snapshot {
  const taken = { ...data, messages: messages as unknown as (typeof data)[string] };
  return {
    scope: 'agent',
    schemaVersion: '1.0',
    createdAt: '2026-01-01T00:00:00.000Z',
    data: taken,
    appData,
  };
}
