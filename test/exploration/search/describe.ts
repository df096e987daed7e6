import type { Call } from '../actor/operation.ts';
import { type Choice, codeOf } from '../world/choice.ts';
import type { Machine } from '../world/machine.ts';
import type { Effect, State, Step } from '../world/state.ts';

const callWords: Readonly<Record<string, string>> = {
  go: '',
  'lose-request': '; the request is lost, the call fails',
  'lose-answer': '; it takes effect, but the answer is lost and the call fails',
  stray: '; the call fails, but the request is still on its way',
  resend: '; the answer is lost, and the request is sent again',
  'take-in-part': '; the bus takes all but the first',
  'crash-before': '; the process crashes before the request is sent',
  'crash-after': '; the process crashes after it took effect',
  'freeze-before': '; the process stands still before the request is sent',
  'freeze-after': '; it takes effect, and the process stands still',
  'slow-before': '; the request takes long',
  'slow-after': '; it takes effect, and the answer takes long',
  resume: '; the process goes on, its timers first',
  'resume-with-answer': '; the process goes on, with this call first',
};

/** One step of a schedule in words, for people. */
export function describeStep(machine: Machine, { before, choice, effects, nodes, after }: Step): string {
  const noted = nodes.flatMap(({ name, notes }) => notes.map((note) => `${name} notes ${textOf(note)}`));
  const time = before.nowMs === after.nowMs ? '' : ` (now ${after.nowMs} ms)`;
  const ends = nodes.filter(({ ended }) => ended).map(({ name }) => `${name} ends`);
  const outcome = [...effects.map(outcomeOf), ...noted, ...ends].join('; ');
  return `${codeOf(choice).padEnd(6)} ${whatHappens(machine, before, choice)}${time}${outcome && ` → ${outcome}`}`;
}

function whatHappens({ places }: Machine, state: State, { kind, place, operation }: Choice): string {
  const words = callWords[kind];
  if (words !== undefined) {
    const node = state.actors[place]?.node;
    const call = node?.operations.find(({ id }) => id === operation);
    return `${node?.name}: ${call?.kind === 'call' ? callText(call) : 'unknown call'}${words}`;
  }
  if (kind === 'time-passes') return 'time passes';
  if (kind === 'vanish') return 'a message vanishes from the commit queue';
  if (kind === 'check-again') return 'the schedule fires again, beside the run that has begun';
  if (kind === 'check') return 'the schedule fires: the check of the session is due';
  if (kind === 'receive') return `${places[place]?.name} takes the next message of its queue`;
  if (kind === 'redeliver')
    return `the ${place === 0 ? 'commit' : 'follow-up'} queue delivers a message again`;
  if (kind === 'close') return 'an operator replays what is dead and asks for one more commit';
  const stray = state.strays[place];
  return `a request of ${stray?.by} arrives late: ${stray ? callText(stray.call) : ''}`;
}

function callText({ port, method, args }: Call): string {
  return `${port}.${method}(${args.map((arg) => textOf(arg)).join(', ')})`;
}

function outcomeOf({ result }: Effect): string {
  if (result.kind === 'answer') return textOf(result.value);
  return result.kind === 'failure' ? textOf(result.error) : 'woken';
}

const MAX_LENGTH = 160;

function textOf(value: unknown): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`;
  const text = JSON.stringify(value, (_key, inner: unknown) => {
    if (inner instanceof Error) return `${inner.name}: ${inner.message}`;
    return inner instanceof Uint8Array ? `${inner.byteLength} bytes` : inner;
  });
  if (text === undefined) return 'nothing';
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}
