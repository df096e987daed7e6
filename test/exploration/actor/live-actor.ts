import type { Clock } from '../../../lib/clock/index.ts';
import { drainMicrotasks } from './drain-microtasks.ts';
import type { Note } from './note.ts';
import type { ActorEvent, Operation, PortName } from './operation.ts';
import type { ActorPorts, Program } from './program.ts';

/** An actor in the middle of its work: real code, parked at its operations. */
export interface LiveActor {
  /** What it has begun and not heard of since, oldest first. */
  operations(): Operation[];
  begun(): number;
  /** What it noted since this was asked last. */
  takeNotes(): Note[];
  /** Set when its program has ended; `error` when that threw. */
  ended(): Ended | undefined;
  /** Ends one of its operations, and lets it run until it waits again. */
  deliver(event: ActorEvent): void;
}

export interface Ended {
  readonly error?: Error;
}

interface Parked {
  readonly operation: Operation;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Starts a program and lets it run until it waits for its first answers. */
export function startActor(name: string, program: Program, startedAtMs: number): LiveActor {
  const parked = new Map<number, Parked>();
  let nowMs = startedAtMs;
  let begun = 0;
  let ids = 0;
  let notes: Note[] = [];
  let ended: Ended | undefined;

  const port = <Port extends object>(portName: PortName, fields: object = {}): Port =>
    new Proxy(fields, {
      get: (known, method: string) =>
        Reflect.get(known, method) ??
        ((...args: unknown[]) =>
          new Promise((resolve, reject) => {
            const id = begun++;
            parked.set(id, {
              operation: { kind: 'call', id, port: portName, method, args },
              resolve,
              reject,
            });
          })),
    }) as Port;

  const clock: Clock = {
    now: () => nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const id = begun++;
        const onAbort = () => {
          parked.delete(id);
          reject(signal?.reason);
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        const wake = () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        };
        parked.set(id, { operation: { kind: 'sleep', id, wakeAtMs: nowMs + ms }, resolve: wake, reject });
      }),
  };

  const ports: ActorPorts = {
    name,
    store: port('store'),
    leases: port('leases'),
    memories: port('memories'),
    commitQueue: port('commitQueue'),
    followUpQueue: port('followUpQueue'),
    model: port('model', { name: 'explorer:model' }),
    vectors: port('vectors'),
    stream: port('stream'),
    bus: port('bus', { maxEntries: 10, maxBytes: 1_000_000, sizeOf: () => 1_000 }),
    clock,
    random: () => 0.5,
    newId: () => `${name}-${++ids}`,
    note: (note) => notes.push(note),
  };
  program(ports).then(
    () => {
      ended = {};
    },
    (error: unknown) => {
      ended = { error: error instanceof Error ? error : new Error(String(error)) };
    },
  );
  drainMicrotasks();

  return {
    operations: () => [...parked.values()].map(({ operation }) => operation),
    begun: () => begun,
    takeNotes() {
      const taken = notes;
      notes = [];
      return taken;
    },
    ended: () => ended,
    deliver({ operation, atMs, result }) {
      const waiting = parked.get(operation);
      if (!waiting) throw new Error(`${name} does not wait for operation ${operation}`);
      parked.delete(operation);
      nowMs = atMs;
      if (result.kind === 'failure') waiting.reject(result.error);
      else waiting.resolve(result.kind === 'answer' ? result.value : undefined);
      drainMicrotasks();
    },
  };
}
