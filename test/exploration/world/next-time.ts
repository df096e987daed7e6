import { checkDueAtMs } from './check-due-at-ms.ts';
import type { Choice } from './choice.ts';
import type { Machine } from './machine.ts';
import type { ActorState, State } from './state.ts';

/**
 * When the next thing happens by itself. Calls take no time unless a fault says so: as long as there is one to make,
 * or a message to take, time stands still, and the answer is undefined; also when nothing is left to wait for.
 */
export function nextTime(machine: Machine, state: State, choices: readonly Choice[]): number | undefined {
  const { nowMs, actors, strays, stream } = state;
  const waits = ({ kind, place, operation }: Choice) => {
    const { slow, frozen } = actors[place] ?? {};
    if (kind === 'stray-arrives') return (strays[place]?.latestMs ?? 0) > nowMs;
    if (kind === 'resume' || kind === 'resume-with-answer') return (frozen?.latestMs ?? 0) > nowMs;
    return kind === 'go' && slow?.operation === operation && slow.untilMs > nowMs;
  };
  if (!choices.every(waits)) return undefined;
  const queued = [...state.commitQueue.messages, ...state.followUpQueue.messages];
  const times = [
    ...actors.flatMap(timesOf),
    ...strays.map(({ latestMs }) => latestMs),
    ...queued.map(({ visibleAtMs }) => visibleAtMs),
    stream && stream.position < stream.changes.length ? stream.readyAtMs : Number.POSITIVE_INFINITY,
    checkDueAtMs(machine, state) ?? Number.POSITIVE_INFINITY,
  ];
  const next = Math.min(...times.filter((atMs) => atMs > nowMs));
  return Number.isFinite(next) ? next : undefined;
}

function timesOf({ node, frozen, slow }: ActorState): number[] {
  if (frozen) return [frozen.untilMs, frozen.latestMs];
  const wakes = node?.operations.flatMap((operation) =>
    operation.kind === 'sleep' ? [operation.wakeAtMs] : [],
  );
  return [...(wakes ?? []), ...(slow ? [slow.untilMs] : [])];
}
