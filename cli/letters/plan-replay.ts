import { type ExplainedLetter, inReplayOrder, MAX_LETTERS_PER_REPLAY } from '../../lib/dead-letters/index.ts';
import type { CliEnvironment } from '../cli-environment.ts';
import { partsOf } from '../target/parts.ts';
import type { Target } from '../target/target.ts';
import type { LetterOptions } from './letter-options.ts';
import { type Reading, readLetters } from './read-letters.ts';

/** What a replay is going to do. */
export interface ReplayPlan {
  /** In the order in which they are sent. */
  readonly letters: readonly ExplainedLetter[];
  /** Those that were meant, and that nobody could understand again: they stay where they are. */
  readonly unreadable: readonly ExplainedLetter[];
  readonly unseen: number;
}

/** Chooses the letters to replay, and their order. */
export async function planReplay(
  cli: CliEnvironment,
  target: Target,
  { deep, only, bar, ...options }: LetterOptions & Pick<Reading, 'deep' | 'only' | 'bar'>,
): Promise<ReplayPlan> {
  const reading = { deep, maxLetters: MAX_LETTERS_PER_REPLAY, only, ...(bar && { bar }) };
  const { letters, unseen } = await readLetters(cli, partsOf(target, cli), options, reading);
  const readable = letters.filter(({ prospect }) => prospect !== 'unreadable');
  const byLetter = new Map(readable.map((explained) => [explained.letter, explained]));
  return {
    letters: inReplayOrder([...byLetter.keys()]).flatMap((letter) => byLetter.get(letter) ?? []),
    unreadable: letters.filter(({ prospect }) => prospect === 'unreadable'),
    unseen,
  };
}
