import type { Call } from '../actor/operation.ts';
import { limits } from '../roles/limits.ts';
import { addStray, carryOut, carryOutInPart, deliver, failureOf } from './carry-out.ts';
import { type Choice, isFault } from './choice.ts';
import { choicesOf } from './choices-of.ts';
import { makeVisible, removeMessage, replayDead } from './fifo-queue.ts';
import { enterVanished } from './ledger.ts';
import type { Machine } from './machine.ts';
import { nextTime } from './next-time.ts';
import { startChecks, startClosing, startReceived } from './start-actors.ts';
import {
  type ActorState,
  type Draft,
  type Frozen,
  type HeldUp,
  type State,
  type Step,
  setActor,
} from './state.ts';
import { wakeSleepers } from './wake-sleepers.ts';

/** How long a frozen process stands still at least: until its lease has just expired and its message comes again. */
const FREEZE_MS = limits.lease.ttlMs;
/** How long a slow call takes at most: longer than a lease is held without a renewal. */
const SLOW_MS = 25_000;

/** Lets one thing happen. The choice must be one of `choicesOf` the state. */
export function applyChoice(machine: Machine, before: State, choice: Choice): Step {
  const state = disturbed(before, choice);
  const draft: Draft = { state, effects: [], nodes: [] };
  happen(machine, draft, choice);
  wakeSleepers(machine, draft);
  const { effects, nodes } = draft;
  return { before, choice, effects, nodes, after: draft.state };
}

function disturbed(state: State, choice: Choice): State {
  if (isFault(choice)) return withFault(state);
  return belated.has(choice.kind) ? withBelatedFault(state) : state;
}

/** A process that stood still goes on, or a request arrives late: what a fault did shows only now. */
const belated: ReadonlySet<Choice['kind']> = new Set(['resume', 'resume-with-answer', 'stray-arrives']);

/**
 * With two faults, the second may show when the first is all but over: from then on there is one TTL again. After a
 * single fault there is one in all.
 */
function withBelatedFault(state: State): State {
  if (state.faults < 2) return state;
  const { nowMs, ledger } = state;
  const retriedAtMs = new Map([...ledger.retriedAtMs.keys()].map((messageId) => [messageId, nowMs]));
  return { ...state, ledger: { ...ledger, retriedAtMs } };
}

function withFault(state: State): State {
  const ledger = { ...state.ledger, retriedAtMs: new Map<string, number>() };
  return { ...state, ledger, faults: state.faults + 1, lastFaultAtMs: state.nowMs };
}

function happen(machine: Machine, draft: Draft, choice: Choice): void {
  const { kind, place, operation } = choice;
  switch (kind) {
    case 'time-passes':
      passTime(machine, draft);
      break;
    case 'receive':
      startReceived(machine, draft, place);
      break;
    case 'check':
      startChecks(machine, draft, place);
      break;
    case 'redeliver':
      redeliver(draft, place === 0 ? 'commitQueue' : 'followUpQueue', operation);
      break;
    case 'vanish':
      vanish(draft, operation);
      break;
    case 'check-again':
      startChecks(machine, draft, place);
      break;
    case 'stray-arrives':
      strayArrives(machine, draft, place);
      break;
    case 'close':
      close(machine, draft);
      break;
    default:
      atCall(machine, draft, choice);
  }
}

function passTime(machine: Machine, draft: Draft): void {
  const others = choicesOf(machine, draft.state).filter(
    (choice) => choice.kind !== 'time-passes' && !isFault(choice),
  );
  const nowMs = nextTime(machine, draft.state, others);
  if (nowMs === undefined) throw new Error('There is nothing to wait for');
  draft.state = { ...draft.state, nowMs };
}

function redeliver(draft: Draft, queue: 'commitQueue' | 'followUpQueue', index: number): void {
  const { [queue]: messages, nowMs } = draft.state;
  const message = messages.messages[index];
  if (!message) throw new Error(`There is no message ${index} on the ${queue}`);
  draft.state = { ...draft.state, [queue]: makeVisible(messages, message.messageId, nowMs) };
}

function vanish(draft: Draft, index: number): void {
  const { commitQueue, ledger, nowMs } = draft.state;
  const message = commitQueue.messages[index];
  if (!message) throw new Error(`There is no message ${index} on the commitQueue`);
  draft.state = {
    ...draft.state,
    commitQueue: removeMessage(commitQueue, index),
    ledger: enterVanished(ledger, message.body, nowMs),
  };
}

function strayArrives(machine: Machine, draft: Draft, index: number): void {
  const stray = draft.state.strays[index];
  if (!stray) throw new Error(`There is no stray request ${index}`);
  draft.state = { ...draft.state, strays: draft.state.strays.filter((one) => one !== stray) };
  carryOut(machine, draft, stray.by, stray.call);
}

function close(machine: Machine, draft: Draft): void {
  const { nowMs, commitQueue, followUpQueue } = draft.state;
  draft.state = {
    ...draft.state,
    isClosing: true,
    lastFaultAtMs: nowMs,
    ledger: { ...draft.state.ledger, attempts: new Map() },
    commitQueue: replayDead(commitQueue, nowMs),
    followUpQueue: replayDead(followUpQueue, nowMs),
  };
  startClosing(machine, draft);
}

function atCall(machine: Machine, draft: Draft, { kind, place, operation }: Choice): void {
  const actor = draft.state.actors[place];
  const call = actor?.node?.operations.find(({ id }) => id === operation);
  if (!actor?.node || call?.kind !== 'call') {
    throw new Error(`There is no call ${operation} at place ${place}`);
  }
  const { name } = actor.node;
  const takeEffect = () => carryOut(machine, draft, name, call);
  switch (kind) {
    case 'go':
      answer(machine, draft, place, call);
      break;
    case 'resume':
      setActor(draft, place, thaw(actor));
      break;
    case 'resume-with-answer':
      setActor(draft, place, thaw(actor));
      answer(machine, draft, place, call);
      break;
    case 'lose-answer':
      takeEffect();
      deliver(machine, draft, place, call, failureOf(call));
      break;
    case 'stray':
      if (!isRead(call)) addStray(machine, draft, name, call);
      deliver(machine, draft, place, call, failureOf(call));
      break;
    case 'lose-request':
      deliver(machine, draft, place, call, failureOf(call));
      break;
    case 'resend':
      takeEffect();
      setActor(draft, place, { ...actor, resent: operation });
      break;
    case 'take-in-part':
      deliver(machine, draft, place, call, carryOutInPart(draft, name, call));
      break;
    case 'crash-after':
      takeEffect();
      setActor(draft, place, { runs: actor.runs });
      break;
    case 'crash-before':
      setActor(draft, place, { runs: actor.runs });
      break;
    default: {
      const withheld = kind.endsWith('after') ? { operation, result: takeEffect() } : undefined;
      setActor(draft, place, {
        ...actor,
        ...(withheld && { withheld }),
        ...heldUp(machine, kind.startsWith('freeze'), operation, draft.state),
      });
    }
  }
}

/** The answer that is there already, or the one that the call gets now. */
function answer(machine: Machine, draft: Draft, place: number, call: Call): void {
  const actor = draft.state.actors[place];
  const { withheld } = actor ?? {};
  const result =
    withheld?.operation === call.id
      ? withheld.result
      : carryOut(machine, draft, actor?.node?.name ?? '', call);
  deliver(machine, draft, place, call, result);
}

function heldUp(
  { scenario }: Machine,
  isFrozen: boolean,
  operation: number,
  { nowMs }: State,
): { frozen: Frozen } | { slow: HeldUp } {
  if (!isFrozen) return { slow: { operation, untilMs: nowMs + SLOW_MS } };
  const longestMs = Math.max(FREEZE_MS, scenario.lifetimeMs ?? Number.POSITIVE_INFINITY);
  return { frozen: { operation, untilMs: nowMs + FREEZE_MS, latestMs: nowMs + longestMs } };
}

function thaw({ frozen: _, ...actor }: ActorState): ActorState {
  return { ...actor, wasFrozen: true };
}

const isRead = ({ port, method }: Call) => port === 'model' || /^(read|list)/.test(method);
