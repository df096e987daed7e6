import {
  type DeadLetterQueue,
  deadLetterKinds,
  type ExplainedLetter,
  explainLetter,
  gatherLetters,
  type Look,
  lookAtLetters,
  matchesFilter,
} from '../../lib/dead-letters/index.ts';
import type { CliEnvironment } from '../cli-environment.ts';
import { type ProgressBar, progressBar } from '../display/progress-bar.ts';
import type { Parts } from '../target/parts.ts';
import { filterOf, type LetterOptions } from './letter-options.ts';

export interface ReadLetters {
  readonly letters: readonly ExplainedLetter[];
  /** Letters that are there and were not seen, as far as the queues know. */
  readonly unseen: number;
}

export interface Reading {
  /** Sees those behind the first of their group too, by moving each to the end of its queue. */
  readonly deep: boolean;
  /** Of each queue: 1 or more. */
  readonly maxLetters: number;
  /** Their ids; the others are not looked up in the database. Any unless given. */
  readonly only?: ReadonlySet<string> | undefined;
  /** Shows how far it is; on the terminal unless given. */
  readonly bar?: ProgressBar;
}

/** The letters that the options ask for, with what the database knows of them. */
export async function readLetters(
  cli: CliEnvironment,
  parts: Parts,
  options: LetterOptions,
  { deep, maxLetters, only, bar = progressBar(cli, 0) }: Reading,
): Promise<ReadLetters> {
  const kinds = deadLetterKinds.filter((kind) => options.queue === undefined || options.queue === kind);
  const filter = filterOf(options);
  const looks = await Promise.all(
    kinds.map((kind) => see(cli, parts.deadLetters(kind), { deep, maxLetters, bar })),
  );
  const letters: ExplainedLetter[] = [];
  for (const letter of looks.flatMap((look) => look.letters)) {
    cli.signal.throwIfAborted();
    if (only && !only.has(letter.id)) continue;
    const explained = await explainLetter(parts.store, letter, cli.clock.now());
    if (matchesFilter(explained, filter, cli.clock.now())) letters.push(explained);
  }
  return { letters, unseen: looks.reduce((sum, look) => sum + look.unseen, 0) };
}

async function see(
  cli: CliEnvironment,
  queue: DeadLetterQueue,
  { deep, maxLetters, bar }: Required<Omit<Reading, 'only'>>,
): Promise<Look> {
  const { clock, newId, signal } = cli;
  let found = 0;
  bar.say(`looking at the dead letters of ${queue.kind}`);
  const onWaiting = (held: number) => bar.say(`waiting for ${held} letters that somebody else may hold`);
  const onFound = () => {
    found += 1;
    bar.say(`${found} dead letters of ${queue.kind}`);
  };
  try {
    if (!deep) return await lookAtLetters(queue, { maxLetters, signal });
    return await gatherLetters(queue, { clock, newId, signal, onWaiting }, maxLetters, onFound);
  } finally {
    bar.end();
  }
}
