/** What may happen next, and what it is called in a written schedule. */
const choiceKinds = {
  /** The call takes effect and its caller gets the answer. */
  go: '.',
  'lose-request': 'n',
  'lose-answer': 'l',
  /** The caller is told that the call failed; it takes effect later. */
  stray: 's',
  /** The client library loses the answer and sends the request again. */
  resend: 'e',
  'crash-before': 'c',
  'crash-after': 'C',
  /** The whole process stands still for longer than its lease lasts. */
  'freeze-before': 'f',
  'freeze-after': 'F',
  /** The call takes long; timers, and with them the heartbeat, go on. */
  'slow-before': 'w',
  'slow-after': 'W',
  /** The bus takes all but the first of the events. */
  'take-in-part': 'i',
  /** A frozen process goes on: with its timers, or with the answer that it was waiting for. */
  resume: 'r',
  'resume-with-answer': 'R',
  'stray-arrives': 'S',
  receive: 'g',
  /** The queue delivers a message again though its consumer is at work. */
  redeliver: 'd',
  /** A message that waits is gone, as by a purge. */
  vanish: 'v',
  /** The schedule fires: the session's check is due. */
  check: 'k',
  /** The schedule fires again while a run of it is at work. */
  'check-again': 'K',
  'time-passes': 't',
  /** An operator replays what is dead and asks for one more commit. */
  close: 'x',
} as const;

export type ChoiceKind = keyof typeof choiceKinds;

export interface Choice {
  readonly kind: ChoiceKind;
  /** Which place; for a stray or a redelivery, which of them. */
  readonly place: number;
  readonly operation: number;
}

/** What can go wrong at a call. */
export const callFaults = [
  'lose-request',
  'lose-answer',
  'stray',
  'resend',
  'crash-before',
  'crash-after',
  'freeze-before',
  'freeze-after',
  'slow-before',
  'slow-after',
] as const satisfies readonly ChoiceKind[];

const faults: ReadonlySet<ChoiceKind> = new Set<ChoiceKind>([
  ...callFaults,
  'take-in-part',
  'redeliver',
  'vanish',
  'check-again',
]);

export const isFault = ({ kind }: Choice) => faults.has(kind);

/** Such as `.3-12`: place 3 goes on with its operation 12. */
export const codeOf = ({ kind, place, operation }: Choice) => `${choiceKinds[kind]}${place}-${operation}`;

/** @throws SyntaxError for what is not a choice. */
export function parseCode(code: string): Choice {
  const parts = /^(\D)(\d+)-(\d+)$/.exec(code);
  const kind = (Object.keys(choiceKinds) as ChoiceKind[]).find((name) => choiceKinds[name] === parts?.[1]);
  if (!parts || !kind) throw new SyntaxError(`'${code}' is not a step of a schedule, such as '.3-12'`);
  return { kind, place: Number(parts[2]), operation: Number(parts[3]) };
}
