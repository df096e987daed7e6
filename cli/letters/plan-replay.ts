import type { Check } from '../../console/index.ts';
import { type ExplainedLetter, inReplayOrder, MAX_LETTERS_PER_REPLAY } from '../../lib/dead-letters/index.ts';
import type { CliEnvironment } from '../cli-environment.ts';
import { partsOf } from '../target/parts.ts';
import type { Target } from '../target/target.ts';
import { checkCauses } from './check-causes.ts';
import type { LetterOptions } from './letter-options.ts';
import { type Reading, readLetters } from './read-letters.ts';

/** What a replay is going to do. */
export interface ReplayPlan {
  /** In the order in which they are sent. */
  readonly letters: readonly ExplainedLetter[];
  /** Those that were meant, and that nobody could understand again: they stay where they are. */
  readonly unreadable: readonly ExplainedLetter[];
  readonly unseen: number;
  /** Whether what they died of still stands: what is not `ok` does. */
  readonly causes: readonly Check[];
}

interface Planning extends Pick<Reading, 'deep' | 'only' | 'bar'> {
  /** Letters that nobody could understand are sent as well. */
  readonly force?: boolean;
  /** Whether causes are asked for, and the model among them. Neither unless given. */
  readonly ask?: { readonly model: boolean };
}

/** Chooses the letters to replay, and their order, and asks whether what they died of still stands. */
export async function planReplay(
  cli: CliEnvironment,
  target: Target,
  { deep, only, bar, force = false, ask, ...options }: LetterOptions & Planning,
): Promise<ReplayPlan> {
  const reading = { deep, maxLetters: MAX_LETTERS_PER_REPLAY, only, ...(bar && { bar }) };
  const { letters, unseen } = await readLetters(cli, partsOf(target, cli), options, reading);
  const isSent = ({ prospect }: ExplainedLetter) => force || prospect !== 'unreadable';
  const sent = letters.filter(isSent);
  const byLetter = new Map(sent.map((explained) => [explained.letter, explained]));
  return {
    letters: inReplayOrder([...byLetter.keys()]).flatMap((letter) => byLetter.get(letter) ?? []),
    unreadable: letters.filter((letter) => !isSent(letter)),
    unseen,
    causes: ask && sent.length > 0 ? await checkCauses(cli, target, sent, { askModel: ask.model }) : [],
  };
}
