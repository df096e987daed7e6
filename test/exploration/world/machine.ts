import { inProcessLeaseStore } from '../../../lib/lease/index.ts';
import {
  inProcessMemoryStore,
  inProcessSessionStore,
  inProcessVectorStore,
} from '../../../lib/store/index.ts';
import { type ActorTree, actorTree } from '../actor/actor-tree.ts';
import { drainMicrotasks } from '../actor/drain-microtasks.ts';
import type { Call, Result } from '../actor/operation.ts';
import { scope, session } from '../roles/session.ts';
import { callStream } from './event-stream.ts';
import { answerOfModel } from './model-answer.ts';
import { callQueue } from './queue-calls.ts';
import { type Place, placesOf, type Scenario } from './scenario.ts';
import type { State, StoredLease } from './state.ts';
import { copyOfScope } from './stored-scope.ts';
import type { StoredSession } from './stored-session.ts';

/** What turns one state into the next: the actors, and the in-process stores that their calls go to. */
export interface Machine {
  readonly scenario: Scenario;
  readonly places: readonly Place[];
  readonly actors: ActorTree;
  /** Carries a call out on a state. */
  perform(state: State, by: string, call: Call): { readonly state: State; readonly result: Result };
}

const sessionName = `${session.tenant}/${session.session}`;
const scopeName = `${session.tenant}/${scope}`;

/** @param options.remember whether actors that have learned the same things are run once. */
export function machine(scenario: Scenario, options: { readonly remember: boolean }): Machine {
  let nowMs = 0;
  const store = inProcessSessionStore();
  const leases = inProcessLeaseStore({ clock: { now: () => nowMs, sleep: () => Promise.resolve() } });
  const memories = inProcessMemoryStore(store.sessions);
  const vectors = inProcessVectorStore(store.sessions, memories.scopes);

  function onStore(state: State, call: Call) {
    const isRead = /^(read|list)/.test(call.method);
    const loaded = isRead ? state.session : copyOf(state.session);
    store.sessions.set(sessionName, loaded);
    const result = settle(store, call);
    return { state: isRead ? state : { ...state, session: shared(state.session, loaded) }, result };
  }

  function onLeases(state: State, call: Call) {
    leases.leases.clear();
    for (const [resource, lease] of state.leases) leases.leases.set(resource, lease);
    const result = settle(leases, call);
    return { state: { ...state, leases: new Map<string, StoredLease>(leases.leases) }, result };
  }

  function onMemories(state: State, call: Call) {
    const isRead = /^(read|list)/.test(call.method);
    const loaded = isRead ? state.memories : copyOfScope(state.memories);
    memories.scopes.set(scopeName, loaded);
    // A change may demand a state of an archive, and may keep an extraction there.
    const beside = isRead ? state.session : copyOf(state.session);
    store.sessions.set(sessionName, beside);
    const result = settle(memories, call);
    if (isRead) return { state, result };
    return { state: { ...state, memories: loaded, session: shared(state.session, beside) }, result };
  }

  /** Of one session, or of one scope. */
  function onVectors(state: State, call: Call) {
    const [session, scope] = [copyOf(state.session), copyOfScope(state.memories)];
    store.sessions.set(sessionName, session);
    memories.scopes.set(scopeName, scope);
    const result = settle(vectors, call);
    const isOther = !isSame(state.memories.vectors, scope.vectors);
    const changed = { session: shared(state.session, session), ...(isOther && { memories: scope }) };
    return { state: { ...state, ...changed }, result };
  }

  return {
    scenario,
    places: placesOf(scenario),
    actors: actorTree(options),
    perform(state, by, call) {
      nowMs = state.nowMs;
      if (call.port === 'store') return onStore(state, call);
      if (call.port === 'leases') return onLeases(state, call);
      if (call.port === 'memories') return onMemories(state, call);
      if (call.port === 'vectors') return onVectors(state, call);
      if (call.port === 'model') return { state, result: answerOfModel(by, call, scenario) };
      if (call.port === 'stream' || call.port === 'bus') return callStream(state, call);
      return callQueue(state, call.port, call);
    },
  };
}

/** Calls an in-process adapter, whose methods do all their work at once. */
function settle(adapter: object, { method, args }: Call): Result {
  let result: Result | undefined;
  const answered: Promise<unknown> = Reflect.apply(Reflect.get(adapter, method), adapter, args);
  answered.then(
    (value) => {
      result = { kind: 'answer', value };
    },
    (error: Error) => {
      result = { kind: 'failure', error };
    },
  );
  drainMicrotasks();
  if (!result) throw new Error(`${method} did not answer at once`);
  return result;
}

function copyOf({
  meta,
  mark,
  log,
  appendKeys,
  manifests,
  chunks,
  commits,
  embeddings,
  closed,
}: StoredSession): StoredSession {
  return {
    meta,
    mark,
    log: new Map(log),
    appendKeys: new Map(appendKeys),
    manifests: new Map(manifests),
    chunks: new Map(chunks),
    commits: new Map(commits),
    embeddings: new Map(embeddings),
    closed: new Set(closed),
  };
}

/** The session after a call, made of the same parts as before where they are the same; the same if all are. */
function shared(before: StoredSession, after: StoredSession): StoredSession {
  const part = <K, V>(old: Map<K, V>, changed: Map<K, V>) => (isSame(old, changed) ? old : changed);
  const result = {
    meta: after.meta,
    mark: after.mark,
    log: part(before.log, after.log),
    appendKeys: part(before.appendKeys, after.appendKeys),
    manifests: part(before.manifests, after.manifests),
    chunks: part(before.chunks, after.chunks),
    commits: part(before.commits, after.commits),
    embeddings: part(before.embeddings, after.embeddings),
    closed: before.closed.size === after.closed.size ? before.closed : after.closed,
  };
  const names = Object.keys(result) as (keyof StoredSession)[];
  return names.every((name) => result[name] === before[name]) ? before : result;
}

function isSame<K, V>(one: ReadonlyMap<K, V>, other: ReadonlyMap<K, V>): boolean {
  if (one.size !== other.size) return false;
  for (const [key, value] of one) if (other.get(key) !== value) return false;
  return true;
}
