import type { SummaryRequest } from '../../model.ts';
import type { Readable } from '../../readable/index.ts';
import { withDates } from '../calendar/find-when.ts';
import { saidOn } from '../calendar/said-on.ts';
import { describeBriefly } from './describe-briefly.ts';
import { earlierOf } from './earlier-of.ts';
import { pick } from './pick.ts';
import { rank } from './rank.ts';
import { readCandidates } from './read-candidates.ts';
import { turnsOf } from './turns-of.ts';

/** What a person reads in half a minute, and what a model can be given in every turn. */
const MAX_CHARACTERS = 1_500;
const MIN_SENTENCES = 5;
const MAX_SENTENCES = 12;

/** One more sentence for so many messages. */
const MESSAGES_PER_SENTENCE = 4;

/** The most telling sentences of the messages in their order, each with its speaker, after what was before. */
export async function summarise({
  messages,
  previousSummary,
  signal,
}: Readable<SummaryRequest>): Promise<string> {
  const candidates = await readCandidates(messages, signal, (sentence, message) =>
    withDates(sentence, saidOn(message)),
  );
  const earlier = await earlierOf(previousSummary, signal);
  const picked = pick(rank(candidates), {
    sentences: Math.min(MAX_SENTENCES, MIN_SENTENCES + Math.floor(messages.length / MESSAGES_PER_SENTENCE)),
    characters: MAX_CHARACTERS - (earlier === undefined ? 0 : earlier.length + 1),
  });
  const told = picked.length > 0 ? turnsOf(picked).join('\n') : describeBriefly(messages);
  return earlier === undefined ? told : `${earlier}\n${told}`;
}
