import type { Call } from '../actor/operation.ts';
import { checkDueAtMs } from './check-due-at-ms.ts';
import { type Choice, type ChoiceKind, callFaults } from './choice.ts';
import { readyChanges } from './event-stream.ts';
import { nextMessages } from './fifo-queue.ts';
import { isClean } from './is-clean.ts';
import type { Machine } from './machine.ts';
import { nextTime } from './next-time.ts';
import type { ActorState, State } from './state.ts';

/** Everything that may happen next, what is not a fault first; nothing when the run is over. */
export function choicesOf(machine: Machine, state: State): Choice[] {
  const choices = [
    ...state.actors.flatMap((actor, place) => goingOn(actor, place, state.nowMs)),
    ...receives(machine, state),
    ...publications(machine, state),
    ...checks(machine, state),
    ...state.strays.map((_, place): Choice => ({ kind: 'stray-arrives', place, operation: 0 })),
  ];
  if (nextTime(machine, state, choices) !== undefined)
    choices.push({ kind: 'time-passes', place: 0, operation: 0 });
  if (choices.length === 0 && !state.isClosing && !isClean(state)) {
    return [{ kind: 'close', place: 0, operation: 0 }];
  }
  if (state.faults < machine.scenario.maxFaults) choices.push(...faultsIn(machine, state));
  return choices;
}

function goingOn({ node, frozen }: ActorState, place: number, nowMs: number): Choice[] {
  if (!node) return [];
  if (frozen) {
    if (nowMs < frozen.untilMs) return [];
    const { operation } = frozen;
    return [
      { kind: 'resume', place, operation },
      { kind: 'resume-with-answer', place, operation },
    ];
  }
  return node.operations
    .filter(({ kind }) => kind === 'call')
    .map(({ id: operation }) => ({ kind: 'go', place, operation }));
}

/** A message goes to the first free place of its queue's consumers: which of them takes it makes no difference. */
function receives({ places, scenario }: Machine, state: State): Choice[] {
  const queues = { 'commit-worker': state.commitQueue, 'follow-up-worker': state.followUpQueue };
  return (['commit-worker', 'follow-up-worker'] as const).flatMap((role): Choice[] => {
    if (nextMessages(queues[role], state.nowMs, scenario.isOrdered).length === 0) return [];
    const place = places.findIndex((one, index) => one.role === role && !state.actors[index]?.node);
    return place < 0 ? [] : [{ kind: 'receive', place, operation: 0 }];
  });
}

/** A shard is read by one invocation at a time. */
function publications({ places }: Machine, { stream, actors, nowMs }: State): Choice[] {
  if (!stream || readyChanges(stream, nowMs).length === 0) return [];
  const place = places.findIndex(({ role }) => role === 'publisher');
  return actors[place]?.node ? [] : [{ kind: 'receive', place, operation: 0 }];
}

/** One run of the schedule at a time. */
function checks(machine: Machine, state: State): Choice[] {
  const { places } = machine;
  const dueAtMs = checkDueAtMs(machine, state);
  if (dueAtMs === undefined || dueAtMs > state.nowMs) return [];
  const isAtWork = places.some(({ role }, index) => role === 'checker' && state.actors[index]?.node);
  const place = places.findIndex(({ role }) => role === 'checker');
  return isAtWork || place < 0 ? [] : [{ kind: 'check', place, operation: 0 }];
}

function faultsIn(machine: Machine, state: State): Choice[] {
  const atCalls = state.actors.flatMap((actor, place): Choice[] => {
    if (!actor.node || actor.frozen) return [];
    return actor.node.operations.flatMap((operation): Choice[] => {
      if (operation.kind !== 'call' || isDisturbed(actor, operation)) return [];
      return [...faultsAt(actor), ...faultsOf(operation)].map((kind) => ({
        kind,
        place,
        operation: operation.id,
      }));
    });
  });
  const redeliveries = [state.commitQueue, state.followUpQueue].flatMap(({ messages }, place) =>
    messages.flatMap(({ visibleAtMs, receiveCount }, operation): Choice[] =>
      visibleAtMs > state.nowMs && receiveCount > 0 ? [{ kind: 'redeliver', place, operation }] : [],
    ),
  );
  return [...atCalls, ...redeliveries, ...vanishing(machine, state), ...checksAgain(machine, state)];
}

/** A message that is in flight is not purged. */
function vanishing({ scenario }: Machine, { commitQueue, nowMs }: State): Choice[] {
  if (!scenario.messagesVanish) return [];
  return commitQueue.messages.flatMap(({ visibleAtMs }, operation): Choice[] =>
    visibleAtMs <= nowMs ? [{ kind: 'vanish', place: 0, operation }] : [],
  );
}

/** Only beside a run that has begun at this moment. */
function checksAgain({ places }: Machine, { actors, checkedAtMs, nowMs }: State): Choice[] {
  if (checkedAtMs !== nowMs) return [];
  const checkers = places.flatMap(({ role }, place) => (role === 'checker' ? [place] : []));
  const free = checkers.find((place) => !actors[place]?.node);
  const isAtWork = checkers.some((place) => actors[place]?.node);
  return isAtWork && free !== undefined ? [{ kind: 'check-again', place: free, operation: 0 }] : [];
}

/** An actor is held up at one call at a time. */
function faultsAt({ slow, withheld }: ActorState): readonly ChoiceKind[] {
  return slow || withheld ? passingFaults : callFaults;
}

const faultsOf = ({ port }: Call): readonly ChoiceKind[] => (port === 'bus' ? ['take-in-part'] : []);

const passingFaults = callFaults.filter((kind) => !/^(freeze|slow)/.test(kind));

function isDisturbed({ slow, withheld }: ActorState, { id }: Call): boolean {
  return slow?.operation === id || withheld?.operation === id;
}
