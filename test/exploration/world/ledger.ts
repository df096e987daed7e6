import type { CommitMessage } from '../../../lib/queue/index.ts';

import type { Seal } from '../../../lib/session/index.ts';
import type { Note } from '../actor/note.ts';
import type { Call } from '../actor/operation.ts';
import { contentHash, hashText } from './content-hash.ts';
import type { QueueState } from './fifo-queue.ts';
import type { Effect } from './state.ts';
import type { StoredSession } from './stored-session.ts';

/** What has happened so far, as far as the invariants must know; the rest is in the stores. */
export interface Ledger {
  /** Contents of the appends that were begun, in the order in which they began. */
  readonly begun: readonly string[];
  readonly acknowledged: readonly Acknowledged[];
  /** Ids of the commits that a frontend was promised. */
  readonly promised: readonly string[];
  /** Every seal that was written, in order. */
  readonly seals: readonly Seal[];
  /** A hash of what each published archive held when it was published. */
  readonly published: ReadonlyMap<number, number>;
  /** Who read META last, to commit from what it says: since then, it is this worker's alone to write. */
  readonly holder: string | undefined;
  /** What was acknowledged when a reader began, by the reader's name. */
  readonly reads: ReadonlyMap<string, readonly Acknowledged[]>;
  /** When each message was first taken after the last fault, by its id. */
  readonly retriedAtMs: ReadonlyMap<string, number>;
  /** How often a worker was at each message that is on a queue, by its id. */
  readonly attempts: ReadonlyMap<string, number>;
  /** Commits whose message vanished and was not sent again, and when it did. */
  readonly vanished: ReadonlyMap<string, number>;
  /** Somebody was told that the session is deleted. */
  readonly isDeleted: boolean;
  /** When the statements were made that a person was told of. */
  readonly entered: readonly number[];
  /** All that was ever extracted of each archive, in order: a text for each time that the model was asked. */
  readonly said: ReadonlyMap<number, readonly string[]>;
  /** Ids of statuses, and append keys, that were written when the session was marked as deleted: they expire. */
  readonly late: ReadonlySet<string>;
  /** The summary of each archive as first recorded. */
  readonly steps: ReadonlyMap<string, number>;
}

interface Acknowledged {
  readonly content: string;
  readonly position: number;
}

export const emptyLedger: Ledger = {
  begun: [],
  acknowledged: [],
  promised: [],
  seals: [],
  published: new Map(),
  holder: undefined,
  reads: new Map(),
  retriedAtMs: new Map(),
  attempts: new Map(),
  vanished: new Map(),
  isDeleted: false,
  entered: [],
  said: new Map(),
  late: new Set(),
  steps: new Map(),
};

/** Enters that a worker takes a message. */
export function enterDelivery(ledger: Ledger, messageId: string, nowMs: number): Ledger {
  if (ledger.retriedAtMs.has(messageId)) return ledger;
  return { ...ledger, retriedAtMs: new Map(ledger.retriedAtMs).set(messageId, nowMs) };
}

/** Enters what an actor noted. */
export function enterNote(ledger: Ledger, note: Note): Ledger {
  switch (note.type) {
    case 'append-began':
      return { ...ledger, begun: [...ledger.begun, note.content] };
    case 'append-acknowledged': {
      const { content, position } = note;
      return { ...ledger, acknowledged: [...ledger.acknowledged, { content, position }] };
    }
    case 'commit-acknowledged':
      return { ...ledger, promised: [...ledger.promised, note.commitId] };
    case 'entered':
      return { ...ledger, entered: [...ledger.entered, note.saidAtMs] };
    case 'deleted':
      return { ...ledger, isDeleted: true };
    case 'attempted': {
      const count = (ledger.attempts.get(note.messageId) ?? 0) + 1;
      return { ...ledger, attempts: new Map(ledger.attempts).set(note.messageId, count) };
    }
    default:
      return ledger;
  }
}

/** Enters that the message of a commit is gone. */
export function enterVanished(ledger: Ledger, body: string, nowMs: number): Ledger {
  const { commitId } = JSON.parse(body) as CommitMessage;
  return { ...ledger, vanished: new Map(ledger.vanished).set(commitId, nowMs) };
}

/** Enters what a call to a queue left there. */
export function enterQueue(ledger: Ledger, { method, args }: Call, queues: readonly QueueState[]): Ledger {
  if (method === 'send') return enterSend(ledger, args[0] as { body: { commitId: string } });
  if (method !== 'acknowledge') return ledger;
  const there = new Set(queues.flatMap(({ messages }) => messages.map(({ messageId }) => messageId)));
  const attempts = [...ledger.attempts].filter(([messageId]) => there.has(messageId));
  return attempts.length === ledger.attempts.size ? ledger : { ...ledger, attempts: new Map(attempts) };
}

function enterSend(ledger: Ledger, { body }: { readonly body: { readonly commitId: string } }): Ledger {
  if (!ledger.vanished.has(body.commitId)) return ledger;
  const vanished = new Map(ledger.vanished);
  vanished.delete(body.commitId);
  return { ...ledger, vanished };
}

/** Enters what was written to a session that is deleted: of what expires, its names. */
function enterLate(ledger: Ledger, before: StoredSession, after: StoredSession): Ledger {
  const late = [...newIn(before.commits, after.commits), ...newIn(before.appendKeys, after.appendKeys)];
  return late.length > 0 ? { ...ledger, late: new Set([...ledger.late, ...late]) } : ledger;
}

function newIn(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): string[] {
  return before === after
    ? []
    : [...after].flatMap(([name, value]) => (before.get(name) === value ? [] : name));
}

/** Enters what a call did to the session. */
export function enterEffect(
  ledger: Ledger,
  { by, call }: Effect,
  before: StoredSession,
  after: StoredSession,
): Ledger {
  if (call.port === 'memories' && before.manifests !== after.manifests) return enterManifests(ledger, after);
  if (call.port !== 'store') return ledger;
  let next = ledger;
  const readsMeta = call.method === 'claim' || call.method === 'readMeta';
  const isOwner = by.startsWith('w') || by.startsWith('d');
  if (readsMeta && isOwner && ledger.holder !== by) next = { ...next, holder: by };
  if (by.startsWith('r') && call.method === 'readMeta') {
    next = { ...next, reads: new Map(next.reads).set(by, next.acknowledged) };
  }
  if (before === after) return next;
  if (before.mark) next = enterLate(next, before, after);
  const sealed = after.meta?.sealed;
  if (sealed && contentHash(sealed) !== contentHash(before.meta?.sealed)) {
    next = { ...next, seals: [...next.seals, sealed] };
  }
  if (before.manifests !== after.manifests) next = enterManifests(next, after);
  return next;
}

function enterManifests(ledger: Ledger, after: StoredSession): Ledger {
  const published = new Map(ledger.published);
  const steps = new Map(ledger.steps);
  const said = new Map(ledger.said);
  for (const [archive, { followUp }] of after.manifests) {
    if (!published.has(archive)) published.set(archive, archiveHash(after, archive));
    const { summary } = followUp;
    if (summary && !steps.has(`${archive}/summary`)) steps.set(`${archive}/summary`, contentHash(summary));
    const texts = said.get(archive) ?? [];
    const added = [followUp.extraction, followUp.again?.extraction]
      .flatMap((extraction) => (extraction?.outcome === 'done' ? extraction.memories : []))
      .map(({ text }) => text)
      .filter((text) => !texts.includes(text));
    if (added.length > 0) said.set(archive, [...texts, ...added]);
  }
  return { ...ledger, published, steps, said };
}

/** Of a manifest and its chunks, but not of its follow-up. */
export function archiveHash({ manifests, chunks }: StoredSession, archive: number): number {
  const manifest = manifests.get(archive);
  if (!manifest) return 0;
  const { followUp: _, ...fixed } = manifest;
  const stored = manifest.chunks.map((_info, index) => contentHash(chunks.get(`${archive}/${index}`)));
  return hashText(`${JSON.stringify(fixed)} ${stored.join()}`);
}
