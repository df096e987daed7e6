import { contentHash, hashText } from './content-hash.ts';
import type { StreamState } from './event-stream.ts';
import type { QueueState } from './fifo-queue.ts';
import type { ActorState, State, Stray } from './state.ts';
import type { StoredScope } from './stored-scope.ts';
import type { StoredSession } from './stored-session.ts';

/** A text that two states share only if the same can happen after both. */
export function fingerprint(state: State): string {
  const { nowMs, session, leases, memories, commitQueue, followUpQueue } = state;
  return [
    nowMs,
    sessionHash(session),
    entries(leases),
    scopeHash(memories),
    queueHash(commitQueue),
    queueHash(followUpQueue),
    ...state.actors.map(actorText),
    state.strays.map(strayText).join(),
    state.checkedAtMs,
    state.faults,
    state.lastFaultAtMs,
    state.isClosing,
    state.stream ? streamHash(state.stream) : '',
    contentHash(state.ledger.begun),
    contentHash(state.ledger.acknowledged),
    contentHash(state.ledger.promised),
    contentHash(state.ledger.seals),
    state.ledger.holder,
    [...state.ledger.retriedAtMs].join(),
    [...state.ledger.attempts].join(),
    [...state.ledger.vanished].join(),
    [...state.ledger.published].join(),
    [...state.ledger.steps].join(),
    state.ledger.isDeleted,
    [...state.ledger.entered].join(),
    contentHash([...state.ledger.said]),
    [...state.ledger.late].sort().join(),
    [...state.ledger.reads].map(([by, known]) => `${by}:${known.length}`).join(),
  ].join('|');
}

/** Its sender may be gone, so that only the request itself says what it will do. */
function strayText({ by, call, latestMs }: Stray): string {
  return `${by}:${call.port}.${call.method}=${contentHash(call.args)}@${latestMs}`;
}

const sessions = new WeakMap<StoredSession, number>();

function sessionHash(session: StoredSession): number {
  const known = sessions.get(session);
  if (known !== undefined) return known;
  const { meta, mark, log, appendKeys, manifests, chunks, commits, embeddings, closed } = session;
  const parts = [log, appendKeys, manifests, chunks, commits, embeddings].map(mapHash);
  const hash = hashText(`${contentHash(meta ?? mark)} ${parts.join()} ${[...closed].sort().join()}`);
  sessions.set(session, hash);
  return hash;
}

const streams = new WeakMap<StreamState, number>();

/** What is published and told says nothing but which events came first. */
function streamHash(stream: StreamState): number {
  const known = streams.get(stream);
  if (known !== undefined) return known;
  const { changes, position, readyAtMs, told } = stream;
  const pending = changes.slice(position).map((change) => contentHash(change));
  const hash = hashText([changes.length, readyAtMs, ...pending, entries(told)].join('|'));
  streams.set(stream, hash);
  return hash;
}

const scopes = new WeakMap<StoredScope, number>();

function scopeHash(scope: StoredScope): number {
  const known = scopes.get(scope);
  if (known !== undefined) return known;
  const { memories, vectors, statements, sources, erasedSessions, erasedAtMs } = scope;
  const parts = [
    entries(memories),
    entries(vectors),
    entries(statements),
    entries(sources),
    [...erasedSessions].sort(),
    erasedAtMs,
  ];
  const hash = hashText(parts.join('|'));
  scopes.set(scope, hash);
  return hash;
}

const maps = new WeakMap<ReadonlyMap<unknown, unknown>, number>();

function mapHash(map: ReadonlyMap<unknown, unknown>): number {
  const known = maps.get(map);
  if (known !== undefined) return known;
  const hash = hashText(entries(map));
  maps.set(map, hash);
  return hash;
}

/** Whatever order they came in. */
function entries(map: ReadonlyMap<unknown, unknown>): string {
  const texts: string[] = [];
  for (const [key, value] of map) texts.push(`${key}=${contentHash(value)}`);
  return texts.length > 1 ? texts.sort().join() : texts.join();
}

const queues = new WeakMap<QueueState, number>();

function queueHash(queue: QueueState): number {
  const known = queues.get(queue);
  if (known !== undefined) return known;
  const hash = hashText(JSON.stringify(queue));
  queues.set(queue, hash);
  return hash;
}

function actorText({
  runs,
  node,
  frozen,
  wasFrozen,
  slow,
  withheld,
  resent,
  toldBefore,
}: ActorState): string {
  if (!node) return String(runs);
  let text = `${runs}.${node.hash}`;
  if (frozen) text += `f${frozen.operation}@${frozen.untilMs}`;
  if (wasFrozen) text += 'F';
  if (slow) text += `s${slow.operation}@${slow.untilMs}`;
  if (withheld) text += `w${withheld.operation}=${resultHash(withheld.result)}`;
  if (resent !== undefined) text += `r${resent}`;
  if (toldBefore !== undefined) text += `t${toldBefore}`;
  return text;
}

function resultHash(result: NonNullable<ActorState['withheld']>['result']): number {
  if (result.kind === 'wake') return 0;
  return contentHash(result.kind === 'answer' ? result.value : result.error);
}
