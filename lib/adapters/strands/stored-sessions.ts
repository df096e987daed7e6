import type { CommitlaneClient, SessionSettings } from '../../client/index.ts';
import type { JsonObject } from '../../messages/index.ts';
import { appendHistory, type HistoryMessage, hasCode, readHistory } from '../history/index.ts';
import { type AgentState, changesBetween, stateOf, withChanges } from './agent-state.ts';
import { StateNotStoredError } from './errors.ts';
import { textField } from './json-fields.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { partsOfSnapshot, type Snapshot } from './snapshot.ts';
import { toStored } from './to-stored.ts';

/** What is known to be stored of a session. */
interface Known {
  readonly ids: ReadonlySet<string>;
  /** By the ids of calls. */
  readonly toolNames: ReadonlyMap<string, string>;
  readonly state: AgentState;
}

/** Sessions as a storage of snapshots has them: what a snapshot has beyond what is stored is appended. */
export interface StoredSessions {
  /** All of a session; nothing where it is not there. */
  load(session: string): Promise<readonly HistoryMessage[]>;
  /** @throws StateNotStoredError */
  save(session: string, snapshot: Snapshot): Promise<void>;
  /** Deletes a session, and those of other agents beside it that were used here. */
  remove(session: string): Promise<void>;
}

export function storedSessions(client: CommitlaneClient, settings: SessionSettings): StoredSessions {
  const known = new Map<string, Known>();
  const inTurn = oneAtATime();

  async function load(session: string): Promise<readonly HistoryMessage[]> {
    const history = await readHistory(client, session);
    known.set(session, knownOf(history));
    return history;
  }

  async function save(session: string, snapshot: Snapshot): Promise<void> {
    const stored = known.get(session) ?? knownOf(await load(session));
    const { messages, state } = partsOfSnapshot(snapshot);
    const toolNames = new Map(stored.toolNames);
    const fresh = behindKnown(messages, stored.ids).map((message) => toStored(message, toolNames));
    const changes = changesBetween(stored.state, state);
    const last = fresh.pop();
    if (!last) return requireNone(session, changes);
    const hasChanges = Object.keys(changes).length > 0;
    fresh.push(hasChanges ? { ...last, metadata: withChanges(last.metadata, changes) } : last);
    // Until the answer is there, it is not known what is stored.
    known.delete(session);
    const ids = await appendHistory(client, session, fresh, { settings });
    known.set(session, { ids: new Set([...stored.ids, ...ids]), toolNames, state });
  }

  async function remove(session: string): Promise<void> {
    known.delete(session);
    try {
      await client.deleteSession(session);
    } catch (error) {
      if (!hasCode(error, 'session-not-found')) throw error;
    }
  }

  return {
    load: (session) => inTurn(session, () => load(session)),
    save: (session, snapshot) => inTurn(session, () => save(session, snapshot)),
    async remove(session) {
      const besides = [...known.keys()].filter((one) => one.startsWith(`${session}:`));
      for (const one of [session, ...besides]) await inTurn(one, () => remove(one));
    },
  };
}

function knownOf(history: readonly HistoryMessage[]): Known {
  const parts = history.flatMap(({ content }) => (typeof content === 'string' ? [] : content));
  const calls = parts.filter((part) => part.type === 'tool-call');
  return {
    ids: new Set(history.map(({ id }) => id)),
    toolNames: new Map(
      calls.map(({ toolCallId, toolName }) => [String(toolCallId), String(toolName)] as const),
    ),
    state: stateOf(history),
  };
}

/**
 * The messages that are not stored yet. What stands before a stored one is no news, but a summary that the agent has put
 * in the place of what it does not send any more.
 */
function behindKnown(messages: readonly JsonObject[], ids: ReadonlySet<string>): readonly JsonObject[] {
  const lastKnown = messages.findLastIndex((message) => ids.has(textField(message, 'trackingId') ?? ''));
  return messages.slice(lastKnown + 1);
}

function requireNone(session: string, changes: AgentState): void {
  const fields = Object.keys(changes);
  if (fields.length > 0) throw new StateNotStoredError(session, fields);
}
