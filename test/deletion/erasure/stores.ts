import { gunzipSync } from 'node:zlib';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { VectorStore } from '../../../lib/embedding/index.ts';
import type { MemoryStore } from '../../../lib/memory/index.ts';
import type { SessionKey } from '../../../lib/session/index.ts';
import {
  dynamodbMemoryStore,
  dynamodbSessionStore,
  dynamodbVectorStore,
  inProcessMemoryStore,
  inProcessSessionStore,
  inProcessVectorStore,
  type SessionStore,
} from '../../../lib/store/index.ts';
import { fromSortKey } from '../../../lib/table/index.ts';
import type { TestTable } from '../../support/table-at.ts';

/** Sessions, memories and their vectors, and all that is stored of them. */
export interface Stores {
  readonly store: SessionStore;
  readonly memories: MemoryStore;
  readonly vectors: VectorStore;
  /** The sort keys of the vectors of a session's messages. */
  vectorsOf(key: SessionKey): Promise<readonly string[]>;
  /** Every item as text, with its key, its names and its chunks unpacked. */
  items(): Promise<string[]>;
}

export function inProcessStores(): Stores {
  const store = inProcessSessionStore();
  const memories = inProcessMemoryStore(store.sessions);
  return {
    store,
    memories,
    vectors: inProcessVectorStore(store.sessions, memories.scopes),
    vectorsOf: async ({ tenant, session }) => [
      ...(store.sessions.get(`${tenant}/${session}`)?.embeddings.keys() ?? []),
    ],
    async items() {
      const parts = [...store.sessions.values(), ...memories.scopes.values()].flatMap((stored) =>
        Object.values(stored),
      );
      return parts
        .flatMap((part) => (part instanceof Map || part instanceof Set ? [...part.entries()] : [part]))
        .map(asText);
    },
  };
}

export function tableStores(table: TestTable): Stores {
  return {
    store: dynamodbSessionStore(table),
    memories: dynamodbMemoryStore(table),
    vectors: dynamodbVectorStore(table),
    vectorsOf: async (key) => {
      const names = await dynamodbSessionStore(table).listItems(key, { limit: 1_000 });
      return names.filter((name) => fromSortKey.kind(name) === 'EMBEDDING');
    },
    async items() {
      const items: string[] = [];
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const page = await table.client.send(
          new ScanCommand({ TableName: table.tableName, ExclusiveStartKey }),
        );
        items.push(...(page.Items ?? []).map(asText));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      return items;
    },
  };
}

function asText(item: unknown): string {
  return JSON.stringify(readable(item)) ?? '';
}

function readable(value: unknown): unknown {
  if (value instanceof Uint8Array) return gunzipSync(value).toString();
  if (value instanceof Set || Array.isArray(value)) return [...value].map(readable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value).map(([name, one]) => [name, readable(one)]);
}
