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
): Promise<Pick<ReplaySummary, 'resent' | 'notRemoved' | 'unrecorded'>> {
  const operator = letters.length > 0 ? await target.operator() : '';
  const parts = partsOf(target, cli);
  let [resent, notRemoved, unrecorded] = [0, 0, 0];
  for (const kind of deadLetterKinds) {
    const ofKind = letters.filter(({ letter }) => letter.kind === kind);
    if (ofKind.length === 0 || cli.signal.aborted) continue;
    const options = { operator, rate, bar: barFor(ofKind.length), onUnrecorded: () => unrecorded++ };
    const replayed = await replay(cli, parts, ofKind, options);
    resent += replayed.resent;
    notRemoved += replayed.notRemoved;
  }
  return { resent, notRemoved, unrecorded };
}

async function replay(
  cli: CliEnvironment,
  parts: Parts,
  letters: readonly ExplainedLetter[],
  {
    operator,
    rate,
    bar,
    onUnrecorded,
  }: {
    readonly operator: string;
    readonly rate: number;
    readonly bar: ProgressBar;
    readonly onUnrecorded: () => void;
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
        onResent() {
          done += 1;
          bar.update(done, `${kind} are replayed`);
        },
        onUnrecorded,
        onWaiting: (held) =>
          bar.say(`sent; waiting for ${count(held, 'letter')} that somebody else may hold`),
      },
      letters.map(({ letter }) => letter),
    );
  } finally {
    bar.end();
  }
}
