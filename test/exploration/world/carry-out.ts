import { EventBusUnavailableError } from '../../../lib/events/errors.ts';
import { QueueUnavailableError } from '../../../lib/queue/index.ts';
import { StoreUnavailableError } from '../../../lib/store/index.ts';
import type { Call, Result } from '../actor/operation.ts';
import { putInPart, withWrites } from './event-stream.ts';
import { enterEffect, enterNote, enterQueue } from './ledger.ts';
import type { Machine } from './machine.ts';
import { type ActorState, type Draft, setActor } from './state.ts';

/** Lets a call take effect; nobody is told yet. */
export function carryOut(machine: Machine, draft: Draft, by: string, call: Call): Result {
  const before = draft.state;
  const { state, result } = machine.perform(before, by, call);
  const effect = { by, call, result };
  const isQueue = call.port === 'commitQueue' || call.port === 'followUpQueue';
  const ledger = isQueue
    ? enterQueue(state.ledger, call, [state.commitQueue, state.followUpQueue])
    : enterEffect(state.ledger, effect, before.session, state.session);
  draft.state = withWrites(before, ledger === state.ledger ? state : { ...state, ledger });
  draft.effects.push(effect);
  return result;
}

/** Lets a call to the bus take effect in part. */
export function carryOutInPart(draft: Draft, by: string, call: Call): Result {
  const { state, result } = putInPart(draft.state, call);
  draft.state = state;
  draft.effects.push({ by, call, result });
  return result;
}

/** Tells an actor how its call ended, and lets it run until it waits again. */
export function deliver(machine: Machine, draft: Draft, place: number, call: Call, result: Result): void {
  const actor = draft.state.actors[place];
  if (!actor?.node) return;
  const event = { operation: call.id, atMs: draft.state.nowMs, result };
  const { node: _, slow, withheld, resent, ...rest } = actor;
  become(machine, draft, place, {
    ...rest,
    ...(slow && slow.operation !== call.id && { slow }),
    ...(withheld && withheld.operation !== call.id && { withheld }),
    ...(resent !== undefined && resent !== call.id && { resent }),
    node: machine.actors.advance(actor.node, event),
  });
}

/** Puts what an actor has become in its place, and frees the place when the actor has ended. */
export function become(
  machine: Machine,
  draft: Draft,
  place: number,
  actor: ActorState & Required<Pick<ActorState, 'node'>>,
): void {
  const { node, runs, withheld } = actor;
  draft.nodes.push(node);
  for (const note of node.notes) {
    draft.state = { ...draft.state, ledger: enterNote(draft.state.ledger, note) };
  }
  if (!node.ended) {
    const isTold = node.notes.some(({ type }) => type === 'lease-lost');
    // The next message of the same invocation has a lease of its own.
    const isNext = node.notes.some(({ type }) => type === 'attempted');
    const { toldBefore: told, ...rest } = actor;
    const toldBefore = isNext ? undefined : (told ?? (isTold ? node.begun : undefined));
    setActor(draft, place, { ...rest, ...(toldBefore !== undefined && { toldBefore }) });
    return;
  }
  // What it no longer waits for is still under way.
  const left = node.operations.flatMap((operation) =>
    operation.kind === 'call' && operation.id !== withheld?.operation ? [operation] : [],
  );
  for (const call of left) addStray(machine, draft, node.name, call);
  setActor(draft, place, { runs });
}

/** Nobody waits for the request any more; it arrives late. */
export function addStray({ scenario }: Machine, draft: Draft, by: string, call: Call): void {
  const { nowMs, strays } = draft.state;
  const latestMs = nowMs + (scenario.lifetimeMs ?? Number.POSITIVE_INFINITY);
  draft.state = { ...draft.state, strays: [...strays, { by, call, latestMs }] };
}

/** How a call fails whose request, or whose answer, is lost: the caller cannot tell which. */
export function failureOf({ port, method }: Call): Result {
  const cause = new Error('no answer');
  switch (port) {
    case 'store':
    case 'memories':
    case 'vectors':
      return { kind: 'failure', error: new StoreUnavailableError(method, cause) };
    case 'commitQueue':
    case 'followUpQueue':
      return { kind: 'failure', error: new QueueUnavailableError(method, cause) };
    case 'bus':
      return { kind: 'failure', error: new EventBusUnavailableError(cause) };
    default:
      return { kind: 'failure', error: new Error(`${port} failed at ${method}`) };
  }
}
