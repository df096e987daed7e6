import type { CanonicalMessage } from '../../messages/index.ts';
import type { HistoryMessage } from '../history/index.ts';
import { essence } from './essence.ts';

/** Further apart, equal messages of a prompt and of a session are not taken for the same. */
const MAX_SKIPPED = 10;

export interface Alignment {
  /** The messages of the prompt that the session does not have yet, in order. */
  readonly fresh: readonly CanonicalMessage[];
  /** The first message of the session that the prompt has; undefined when it has none. */
  readonly sharedFrom: HistoryMessage | undefined;
}

interface Anchor {
  /** Where the message is in the prompt, and where in the session. */
  readonly inPrompt: number;
  readonly inSession: number;
}

/**
 * Which messages of a prompt are new to a session. Messages of a model have no ids, so it is told by what the model has
 * said: the prompt's last answer that the session has is where the prompt goes on, and what comes before it is known. Of
 * several equal answers, the one counts before which the most messages are equal, too, and of these the latest.
 *
 * Behind it, those messages are known that follow there in the session in the same order: a call that is made again has
 * appended them. In a prompt without an answer that the session has, those are known that end the session: so the same words
 * without an answer between them are one message, and with one between they are two. Where the two cannot be told apart,
 * a message is new: it is rather stored twice than lost.
 *
 * @param prompt without messages of the role `system`, which are the application's.
 * @param session its newest messages, in order.
 */
export function alignPrompt(
  prompt: readonly CanonicalMessage[],
  session: readonly HistoryMessage[],
): Alignment {
  const said = prompt.map(essence);
  const stored = session.map(essence);
  const anchor = findAnchor(prompt, said, stored);
  if (!anchor) {
    const known = overlap(said, stored);
    return { fresh: prompt.slice(known), sharedFrom: known > 0 ? session.at(-known) : undefined };
  }
  const { inPrompt, inSession } = anchor;
  let known = 1;
  while (isSame(said[inPrompt + known], stored[inSession + known])) known += 1;
  return { fresh: prompt.slice(inPrompt + known), sharedFrom: session[firstShared(said, stored, anchor)] };
}

/** Whether what was read of a session says which messages of a prompt are new. */
export function isAligned(
  prompt: readonly CanonicalMessage[],
  session: readonly Pick<HistoryMessage, 'role' | 'content'>[],
): boolean {
  const isAnswered = prompt.some(({ role }) => role === 'assistant');
  if (!isAnswered) return session.length >= prompt.length;
  return findAnchor(prompt, prompt.map(essence), session.map(essence)) !== undefined;
}

type Essences = readonly (string | undefined)[];

function findAnchor(
  prompt: readonly CanonicalMessage[],
  said: Essences,
  stored: Essences,
): Anchor | undefined {
  for (let inPrompt = prompt.length - 1; inPrompt >= 0; inPrompt -= 1) {
    if (prompt[inPrompt]?.role !== 'assistant') continue;
    let [longest, found]: [number, number | undefined] = [0, undefined];
    for (let inSession = stored.length - 1; inSession >= 0; inSession -= 1) {
      const length = sameBefore(said, inPrompt, stored, inSession);
      if (length > longest) [longest, found] = [length, inSession];
    }
    if (found !== undefined) return { inPrompt, inSession: found };
  }
  return undefined;
}

/** How many messages that end at these places are the same. */
function sameBefore(said: Essences, inPrompt: number, stored: Essences, inSession: number): number {
  let length = 0;
  while (isSame(said[inPrompt - length], stored[inSession - length])) length += 1;
  return length;
}

/** The first message of the session that the prompt has; either may have some between that the other has not. */
function firstShared(said: Essences, stored: Essences, { inPrompt, inSession }: Anchor): number {
  let first = inSession;
  for (let index = inPrompt - 1; index >= 0; index -= 1) {
    const near = stored.slice(Math.max(0, first - MAX_SKIPPED), first);
    const found = near.findLastIndex((one) => isSame(said[index], one));
    if (found !== -1) first -= near.length - found;
  }
  return first;
}

/** How many messages begin the prompt that end the session. */
function overlap(said: Essences, stored: Essences): number {
  for (let length = Math.min(said.length, stored.length); length > 0; length -= 1) {
    const end = stored.slice(-length);
    if (end.every((one, index) => isSame(said[index], one))) return length;
  }
  return 0;
}

const isSame = (one: string | undefined, other: string | undefined) => one !== undefined && one === other;
