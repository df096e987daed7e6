import { deadLetterKinds, type ExplainedLetter, replayLetters } from '../../lib/dead-letters/index.ts';
import type { CliEnvironment } from '../cli-environment.ts';
import { count } from '../display/count.ts';
import { type ProgressBar, progressBar } from '../display/progress-bar.ts';
import { type Parts, partsOf } from '../target/parts.ts';
import type { Target } from '../target/target.ts';
import type { ReplaySummary } from './replay-summary.ts';

interface Sending {
  /** At most so many letters a second. */
  readonly rate: number;
  /** Shows how far it is; on the terminal unless given. */
  readonly barFor?: (total: number) => ProgressBar;
}

interface Sent extends Pick<ReplaySummary, 'resent' | 'notRemoved' | 'unrecorded'> {
  readonly letters: readonly ExplainedLetter[];
}

/**
 * Sends letters to the queues that gave them up, one queue after the other, until `cli.signal` aborts.
 *
 * @throws QueueUnavailableError. What was sent stays sent.
 */
export async function sendLetters(
  cli: CliEnvironment,
  target: Target,
  letters: readonly ExplainedLetter[],
  { rate, barFor = (total) => progressBar(cli, total) }: Sending,
): Promise<Sent> {
  const operator = letters.length > 0 ? await target.operator() : '';
  const parts = partsOf(target, cli);
  let [resent, notRemoved] = [0, 0];
  const unrecorded = new Set<string>();
  const sentIds = new Set<string>();
  for (const kind of deadLetterKinds) {
    const ofKind = letters.filter(({ letter }) => letter.kind === kind);
    if (ofKind.length === 0 || cli.signal.aborted) continue;
    const options = { operator, rate, bar: barFor(ofKind.length), unrecorded, sentIds };
    const replayed = await replay(cli, parts, ofKind, options);
    resent += replayed.resent;
    notRemoved += replayed.notRemoved;
  }
  const sent = letters.filter(({ letter }) => sentIds.has(letter.id));
  return { resent, notRemoved, unrecorded: unrecorded.size, letters: sent };
}

async function replay(
  cli: CliEnvironment,
  parts: Parts,
  letters: readonly ExplainedLetter[],
  {
    operator,
    rate,
    bar,
    unrecorded,
    sentIds,
  }: {
    readonly operator: string;
    readonly rate: number;
    readonly bar: ProgressBar;
    readonly unrecorded: Set<string>;
    readonly sentIds: Set<string>;
  },
) {
  const [{ letter: { kind } = { kind: 'commits' as const } } = {}] = letters;
  let done = 0;
  bar.update(done, `${kind} are replayed`);
  try {
    return await replayLetters(
      {
        queue: parts.deadLetters(kind),
        store: parts.store,
        clock: cli.clock,
        newId: cli.newId,
        operator,
        ratePerSecond: rate,
        stop: cli.signal,
        // What was sent is removed even after a Ctrl-C; a second one ends the program.
        signal: new AbortController().signal,
        onResent({ id }) {
          done += 1;
          sentIds.add(id);
          bar.update(done, `${kind} are replayed`);
        },
        onUnrecorded: ({ id }) => unrecorded.add(id),
        onWaiting: (held) =>
          bar.say(`sent; waiting for ${count(held, 'letter')} that somebody else may hold`),
      },
      letters.map(({ letter }) => letter),
    );
  } finally {
    bar.end();
  }
}
