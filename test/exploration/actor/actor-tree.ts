import { contentHash, hashText } from '../world/content-hash.ts';
import { type Ended, type LiveActor, startActor } from './live-actor.ts';
import type { Note } from './note.ts';
import type { ActorEvent, Operation } from './operation.ts';
import type { Program } from './program.ts';

/** What an actor is after it has learned certain things, in a certain order. */
export interface ActorNode {
  readonly name: string;
  readonly startedAtMs: number;
  /** Of everything that it has learned: two nodes with the same hash go on in the same way. */
  readonly hash: number;
  /** What it waits for, oldest first. */
  readonly operations: readonly Operation[];
  /** How many operations it has begun in all. */
  readonly begun: number;
  /** What it noted since the node before. */
  readonly notes: readonly Note[];
  readonly ended: Ended | undefined;
}

interface ActorStart {
  readonly name: string;
  /** Tells programs apart that have the same name. */
  readonly input: string;
  readonly program: Program;
  readonly atMs: number;
}

export interface ActorTree {
  start(start: ActorStart): ActorNode;
  advance(node: ActorNode, event: ActorEvent): ActorNode;
}

interface TreeNode extends ActorNode {
  readonly start: ActorStart;
  readonly path: PathStep | undefined;
  next: Map<number, TreeNode> | undefined;
  /** The actor itself, parked here, unless it has been led on or dropped. */
  live: LiveActor | undefined;
}

interface PathStep {
  readonly before: PathStep | undefined;
  readonly event: ActorEvent;
}

/** Parked actors are kept for the nodes that were reached last; others are led there again when they are needed. */
const MAX_LIVE = 4_000;

/**
 * Runs actors, and remembers what each of them did.
 *
 * An actor is deterministic: its code sees nothing but the answers, the times at which they came, and its own
 * counters. So what it does next is a function of what it has learned, and need be run only once, however many
 * schedules of the others lead there. `remember: false` runs it every time.
 */
export function actorTree({ remember }: { readonly remember: boolean }): ActorTree {
  const roots = new Map<number, TreeNode>();
  const recent: TreeNode[] = [];
  let oldest = 0;

  function keepLive(node: TreeNode): TreeNode {
    const dropped = recent[oldest];
    if (dropped) dropped.live = undefined;
    recent[oldest] = node;
    oldest = (oldest + 1) % MAX_LIVE;
    return node;
  }

  function lead(node: TreeNode): LiveActor {
    const { live, start, path } = node;
    node.live = undefined;
    if (live) return live;
    const actor = startActor(start.name, start.program, start.atMs);
    for (const event of eventsOf(path)) actor.deliver(event);
    actor.takeNotes();
    return actor;
  }

  return {
    start(start) {
      const hash = hashText(`${start.name}|${start.input}|${start.atMs}`);
      const known = roots.get(hash);
      if (known) return known;
      const node = nodeOf(start, hash, undefined, startActor(start.name, start.program, start.atMs));
      if (remember) roots.set(hash, node);
      return keepLive(node);
    },

    advance(from, event) {
      const node = from as TreeNode;
      const hash = hashText(`${node.hash}|${eventText(event)}`);
      const known = node.next?.get(hash);
      if (known) return known;
      const actor = lead(node);
      actor.deliver(event);
      const next = nodeOf(node.start, hash, { before: node.path, event }, actor);
      if (remember) {
        node.next ??= new Map();
        node.next.set(hash, next);
      }
      return keepLive(next);
    },
  };
}

function nodeOf(start: ActorStart, hash: number, path: PathStep | undefined, live: LiveActor): TreeNode {
  return {
    start,
    path,
    next: undefined,
    live,
    name: start.name,
    startedAtMs: start.atMs,
    hash,
    operations: live.operations(),
    begun: live.begun(),
    notes: live.takeNotes(),
    ended: live.ended(),
  };
}

function eventsOf(path: PathStep | undefined): ActorEvent[] {
  const events: ActorEvent[] = [];
  for (let step = path; step; step = step.before) events.push(step.event);
  return events.reverse();
}

function eventText({ operation, atMs, result }: ActorEvent): string {
  if (result.kind === 'wake') return `${operation}@${atMs} wake`;
  const said = result.kind === 'answer' ? result.value : result.error;
  return `${operation}@${atMs} ${result.kind} ${contentHash(said)}`;
}
