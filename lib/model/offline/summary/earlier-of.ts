import { shortened } from '../../../text/index.ts';
import type { ReadableMessage } from '../../readable/index.ts';
import { pick } from './pick.ts';
import { rank } from './rank.ts';
import { readCandidates } from './read-candidates.ts';
import { turnsOf } from './turns-of.ts';

const MARK = 'Earlier: ';

/** What is kept of everything before this archive stays this small, however many archives there are. */
const LIMITS = { sentences: 5, characters: 450 } as const;

/** A speaker's turn inside a line: after the end of a sentence, a name and a colon. */
const NAME = "[\\p{Lu}\\p{Lo}][\\p{L}\\p{M}.'-]{0,30}(?: [\\p{Lu}\\p{Lo}][\\p{L}\\p{M}.'-]{0,30}){0,3}";
const TURN = new RegExp(`(?<=[^\\p{L}\\p{N},;:-]|\\p{Lo}) (?=${NAME}: )`, 'u');
const SPOKEN = new RegExp(`^(?<name>${NAME}): (?<words>.+)$`, 'u');

/** The best sentences of an earlier summary, and of what that had kept of the ones before it, in one line. */
export async function earlierOf(
  previousSummary: string | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  const turns = (previousSummary ?? '')
    .split('\n')
    .map((line) => line.replace(MARK, '').trim())
    .filter((line) => line !== '')
    .flatMap((line) => line.split(TURN));
  const candidates = await readCandidates(turns.map(toMessage), signal);
  const picked = turnsOf(pick(rank(candidates), LIMITS));
  const kept = picked.join(' ') || shortened(turns.join(' '), LIMITS.characters);
  return kept === '' ? undefined : `${MARK}${kept}`;
}

/** A turn as the message it came from; words without a speaker are a summary's own. */
function toMessage(turn: string, index: number): ReadableMessage {
  const { name = 'Summary', words = turn } = SPOKEN.exec(turn)?.groups ?? {};
  return {
    id: `turn-${index}`,
    at: new Date(0).toISOString(),
    role: 'user',
    kind: 'text',
    content: words,
    metadata: { name },
  };
}
