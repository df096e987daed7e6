export type PortName =
  | 'store'
  | 'leases'
  | 'memories'
  | 'commitQueue'
  | 'followUpQueue'
  | 'model'
  | 'vectors'
  | 'stream'
  | 'bus';

/** A request that an actor has made of a port, and whose answer it waits for. */
export interface Call {
  readonly kind: 'call';
  /** Counts what the actor has begun, from 0. */
  readonly id: number;
  readonly port: PortName;
  readonly method: string;
  readonly args: readonly unknown[];
}

export interface Sleep {
  readonly kind: 'sleep';
  readonly id: number;
  readonly wakeAtMs: number;
}

export type Operation = Call | Sleep;

/** How an operation ends. */
export type Result =
  | { readonly kind: 'answer'; readonly value: unknown }
  | { readonly kind: 'failure'; readonly error: Error }
  | { readonly kind: 'wake' };

/** All that an actor ever learns of the world: an operation of its own has ended, at a time. */
export interface ActorEvent {
  readonly operation: number;
  readonly atMs: number;
  readonly result: Result;
}
