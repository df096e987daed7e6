import type { ActorNode } from '../actor/actor-tree.ts';
import type { Call, Result } from '../actor/operation.ts';
import type { Choice } from './choice.ts';
import type { StreamState } from './event-stream.ts';
import type { QueueState } from './fifo-queue.ts';
import type { Ledger } from './ledger.ts';
import type { StoredScope } from './stored-scope.ts';
import type { StoredSession } from './stored-session.ts';

/** One moment of the explored world. Never changed: each step makes the next one. */
export interface State {
  readonly nowMs: number;
  readonly session: StoredSession;
  readonly leases: ReadonlyMap<string, StoredLease>;
  readonly memories: StoredScope;
  readonly commitQueue: QueueState;
  readonly followUpQueue: QueueState;
  /** In the order of the scenario's places. */
  readonly actors: readonly ActorState[];
  /** Requests whose caller has given up, and that are still on their way. */
  readonly strays: readonly Stray[];
  /** When the schedule last fired. */
  readonly checkedAtMs: number;
  readonly faults: number;
  readonly lastFaultAtMs: number;
  /** An operator has stepped in: dead letters are replayed, and one more commit is asked for. */
  readonly isClosing: boolean;
  /** Only where somebody publishes what happens. */
  readonly stream?: StreamState;
  readonly ledger: Ledger;
}

export interface StoredLease {
  readonly owner: string;
  readonly token: string;
  readonly expiresAtMs: number;
}

/** Who is at one place: nobody, an actor that runs, or one that is held up. */
export interface ActorState {
  /** How many actors have run here; makes the names of their successors unique. */
  readonly runs: number;
  readonly node?: ActorNode;
  /** The whole process stands still at this operation, until then at least. */
  readonly frozen?: Frozen;
  readonly wasFrozen?: boolean;
  /** One request takes its time, until then at most; the process goes on. */
  readonly slow?: HeldUp;
  /** The effect of this operation is there, its answer not yet. */
  readonly withheld?: { readonly operation: number; readonly result: Result };
  /** This operation is sent for the second time, by the client library. */
  readonly resent?: number;
  /** The actor has found out that its lease is lost; operations from this one on came later. */
  readonly toldBefore?: number;
}

export interface HeldUp {
  readonly operation: number;
  readonly untilMs: number;
}

export interface Frozen extends HeldUp {
  /** It goes on by then. */
  readonly latestMs: number;
}

export interface Stray {
  /** Who sent it. */
  readonly by: string;
  readonly call: Call;
  /** It arrives by then. */
  readonly latestMs: number;
}

/** A call that took effect. */
export interface Effect {
  readonly by: string;
  readonly call: Call;
  readonly result: Result;
}

/** What led from one state to the next. */
export interface Step {
  readonly before: State;
  readonly choice: Choice;
  readonly effects: readonly Effect[];
  /** What actors became in this step, in order. */
  readonly nodes: readonly ActorNode[];
  readonly after: State;
}

/** A state in the making. */
export interface Draft {
  state: State;
  readonly effects: Effect[];
  readonly nodes: ActorNode[];
}

export function setActor(draft: Draft, place: number, actor: ActorState): void {
  draft.state = { ...draft.state, actors: draft.state.actors.with(place, actor) };
}
