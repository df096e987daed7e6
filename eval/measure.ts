import type { Meaning } from '../lib/search/index.ts';
import type { Answerer } from './answerer.ts';
import { ask, type Found, idsInContext } from './ask.ts';
import type { Played } from './play.ts';
import type { Question } from './read-evaluation.ts';

const CUTS = [5, 10, 20] as const;

/** Shares, from 0 to 1, of all evidence. */
export interface Recall {
  /** Hits that count. */
  readonly at: number;
  readonly messages: number;
  /** A memory counts for the message that it came from. */
  readonly messagesOrMemories: number;
}

/** What was found of the evidence. With an embedding model, all but `recall` is by words and meaning. */
export interface Report {
  readonly messages: number;
  readonly questions: number;
  readonly evidence: number;
  /** By words alone. */
  readonly recall: readonly Recall[];
  /** By words and meaning; null: no embedding model was given. */
  readonly recallWithMeaning: readonly Recall[] | null;
  /** What the first 10 hits take, by estimate, on average. */
  readonly tokensPerAnswer: number;
  /** What the context within 2 000 tokens holds, asked for with the question: in messages, or in memories that came from them. */
  readonly inContext: number;
  /** Share of the answers that the model judged right; null: no language model was given, nothing was answered. */
  readonly answeredRight: number | null;
}

/** Asks every question, and counts how much of the evidence is found. */
export async function measure(
  played: Played,
  { messages, questions }: { readonly messages: number; readonly questions: readonly Question[] },
  {
    answerer,
    signal,
    onQuestion,
  }: {
    readonly answerer?: Answerer;
    readonly signal: AbortSignal;
    readonly onQuestion?: (index: number) => void;
  },
): Promise<Report> {
  const { embedding, lease: patience } = played;
  const meaning: Meaning | undefined = embedding && { embedding, patience, onEvent: () => undefined };
  const [byWords, byBoth] = [newTally(), newTally()];
  const total = { evidence: 0, tokens: 0, inContext: 0, right: 0 };
  for (const [index, question] of questions.entries()) {
    onQuestion?.(index);
    const evidence = question.evidence.map(String);
    const words = await ask(played, question.question, { signal });
    count(byWords, evidence, words);
    const found = meaning ? await ask(played, question.question, { meaning, signal }) : words;
    if (meaning) count(byBoth, evidence, found);
    total.evidence += evidence.length;
    total.tokens += found.tokens;
    total.inContext += among(evidence, await idsInContext(played, question.question, signal));
    if (answerer && (await answerer(question, found, signal))) total.right += 1;
  }
  const share = (number: number) => (total.evidence > 0 ? number / total.evidence : 0);
  return {
    messages,
    questions: questions.length,
    evidence: total.evidence,
    recall: byWords.map(inShares(share)),
    recallWithMeaning: meaning ? byBoth.map(inShares(share)) : null,
    tokensPerAnswer: questions.length > 0 ? Math.round(total.tokens / questions.length) : 0,
    inContext: share(total.inContext),
    answeredRight: answerer ? total.right / Math.max(1, questions.length) : null,
  };
}

/** How many pieces of evidence were found, at each cut. */
type Tally = { -readonly [Field in keyof Recall]: Recall[Field] }[];

const newTally = (): Tally => CUTS.map((at) => ({ at, messages: 0, messagesOrMemories: 0 }));

function count(tally: Tally, evidence: readonly string[], found: Pick<Found, 'messages' | 'either'>): void {
  for (const row of tally) {
    row.messages += among(evidence, found.messages.slice(0, row.at));
    row.messagesOrMemories += among(evidence, found.either.slice(0, row.at));
  }
}

function among(evidence: readonly string[], ids: readonly string[]): number {
  const known = new Set(ids);
  return evidence.filter((id) => known.has(id)).length;
}

const inShares =
  (share: (number: number) => number) =>
  ({ at, messages, messagesOrMemories }: Recall): Recall => ({
    at,
    messages: share(messages),
    messagesOrMemories: share(messagesOrMemories),
  });
