import type { SnapshotLocation, SnapshotStorage } from '@strands-agents/sdk';
import type { CommitlaneClient, SessionSettings } from '../../client/index.ts';
import { defaultSettings } from '../history/index.ts';
import { StrandsStorageError } from './errors.ts';
import { SCHEMA_VERSION, snapshotOf } from './snapshot.ts';
import { storedSessions } from './stored-sessions.ts';

export interface CommitlaneStorageOptions {
  /** What a session is created with, if it is not there. The default policy unless given: it is committed by itself. */
  readonly settings?: SessionSettings;
}

/** The agent's id where nobody has given it one. */
const DEFAULT_AGENT = 'agent';

/**
 * A storage for the session manager of Strands. An agent's messages are those of a session: each is stored once, in order,
 * and restored as it was. What else a snapshot has, such as the agent's state, is kept with the last message of its turn.
 *
 * @example
 * const storage = { snapshot: commitlaneStorage(client) };
 * const agent = new Agent({ model, sessionManager: new SessionManager({ sessionId: 'chat-42', storage }) });
 *
 * Its methods throw StrandsStorageError for orchestrators of several agents and for snapshots beside the latest,
 * StateNotStoredError for a state that has changed without a new message, and the client's errors.
 */
export function commitlaneStorage(
  client: CommitlaneClient,
  { settings = defaultSettings }: CommitlaneStorageOptions = {},
): SnapshotStorage {
  const sessions = storedSessions(client, settings);
  return {
    async saveSnapshot({ location, isLatest, snapshot }) {
      requireLatest(isLatest);
      await sessions.save(sessionOf(location), snapshot);
    },
    async loadSnapshot({ location, snapshotId = 'latest' }) {
      requireLatest(snapshotId === 'latest');
      const history = await sessions.load(sessionOf(location));
      return history.length === 0 ? null : snapshotOf(history);
    },
    listSnapshotIds: async () => [],
    deleteSession: ({ sessionId }) => sessions.remove(sessionId),
    async loadManifest({ location }) {
      const { activeAt, createdAt } = await client.getSession(sessionOf(location), { limit: 1 });
      return { schemaVersion: SCHEMA_VERSION, updatedAt: activeAt ?? createdAt };
    },
    // What a manifest says, the session knows by itself.
    saveManifest: async () => undefined,
  };
}

/** The session of an agent: that of the session manager, or one beside it for an agent that has an id of its own. */
function sessionOf({ sessionId, scope, scopeId }: SnapshotLocation): string {
  if (scope === 'agent') return scopeId === DEFAULT_AGENT ? sessionId : `${sessionId}:${scopeId}`;
  throw new StrandsStorageError(
    'An orchestrator of several agents has no history of its own. Give its agents session managers, and keep the state of the orchestrator in another storage.',
  );
}

function requireLatest(isLatest: boolean): void {
  if (isLatest) return;
  throw new StrandsStorageError(
    'Commitlane keeps the history itself, and no snapshots of it: leave snapshotTrigger out, and restore without a snapshotId.',
  );
}
