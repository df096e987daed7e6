import { type ExplainedLetter, inReplayOrder } from '../../lib/dead-letters/index.ts';
import type { Check } from '../doctor/index.ts';
import type { Target, Work } from '../target/index.ts';
import { checkCauses } from './check-causes.ts';
import { findLetters, type LetterChoice, type Reading } from './find-letters.ts';
import { type LetterDocument, letterDocument } from './letter-document.ts';

/** What a replay is going to do. */
export interface ReplayPlan<Letter = ExplainedLetter> {
  /** In the order in which they are sent. */
  readonly letters: readonly Letter[];
  /** Those that were meant, and that nobody could understand again: they stay where they are. */
  readonly unreadable: readonly Letter[];
  /** Letters that are there and were not seen, as far as the queues know. */
  readonly unseen: number;
  /** Whether what they died of still stands: what is not `ok` does. */
  readonly causes: readonly Check[];
}

interface Planning extends Pick<Reading, 'deep'> {
  /** Letters that nobody could understand are sent as well. */
  readonly force?: boolean;
  /** Whether causes are asked for, and the model among them. Neither unless given. */
  readonly ask?: { readonly model: boolean };
}

/** Chooses the letters to replay, and their order, and asks whether what they died of still stands. */
export async function planReplay(
  target: Target,
  choice: LetterChoice,
  { deep, force = false, ask }: Planning,
  work: Work,
): Promise<ReplayPlan> {
  const { letters, unseen } = await findLetters(target, choice, { deep }, work);
  const isSent = ({ prospect }: ExplainedLetter) => force || prospect !== 'unreadable';
  const sent = letters.filter(isSent);
  const byLetter = new Map(sent.map((explained) => [explained.letter, explained]));
  const asking = ask && sent.length > 0 ? { askModel: ask.model } : undefined;
  return {
    letters: inReplayOrder([...byLetter.keys()]).flatMap((letter) => byLetter.get(letter) ?? []),
    unreadable: letters.filter((letter) => !isSent(letter)),
    unseen,
    causes: asking ? await checkCauses(target, sent, asking, work.signal) : [],
  };
}

/** A plan for programs and pages. */
export function planDocument(plan: ReplayPlan): ReplayPlan<LetterDocument> {
  return {
    ...plan,
    letters: plan.letters.map(letterDocument),
    unreadable: plan.unreadable.map(letterDocument),
  };
}
