import { type CommitView, toCommitView } from '../../lib/api/index.ts';
import type { Target, Work } from '../target/index.ts';
import { findLetters } from './find-letters.ts';
import { type LetterDocument, letterDocument } from './letter-document.ts';

/** A letter, and its commit if there is one. */
export type LetterDetails = LetterDocument & { readonly commit?: CommitView };

/**
 * One letter; none when the queues do not show it, with how many they do not show.
 *
 * @param options.deep finds one behind others of its session, too, by moving each to the end of its queue.
 */
export async function readLetter(
  target: Target,
  id: string,
  { deep }: { readonly deep: boolean },
  work: Work,
): Promise<{ readonly letter?: LetterDetails; readonly unseen: number }> {
  const choice = { filter: {}, ids: new Set([id]) };
  const { letters, unseen } = await findLetters(target, choice, { deep }, work);
  const [found] = letters;
  if (!found) return { unseen };
  const commit = found.commit && toCommitView(found.commit, target.clock.now());
  return { letter: { ...letterDocument(found), ...(commit && { commit }) }, unseen };
}
