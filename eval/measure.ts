import type { Answerer } from './answerer.ts';
import { ask, idsInContext } from './ask.ts';
import type { Played } from './play.ts';
import type { Question } from './read-evaluation.ts';

const CUTS = [5, 10, 20] as const;

/** Shares, from 0 to 1, of all evidence. */
export interface Report {
  readonly messages: number;
  readonly questions: number;
  readonly evidence: number;
  readonly recall: readonly {
    /** Hits that count. */
    readonly at: number;
    readonly messages: number;
    /** A memory counts for the message that it came from. */
    readonly messagesOrMemories: number;
  }[];
  /** What the first 10 hits take, by estimate, on average. */
  readonly tokensPerAnswer: number;
  /** What the messages of the context within 2 000 tokens hold. */
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
  const context = new Set(await idsInContext(played));
  const recall = CUTS.map((at) => ({ at, messages: 0, messagesOrMemories: 0 }));
  const total = { evidence: 0, tokens: 0, inContext: 0, right: 0 };
  for (const [index, question] of questions.entries()) {
    onQuestion?.(index);
    const evidence = question.evidence.map(String);
    const found = await ask(played, question.question, signal);
    const hitsIn = (ids: Iterable<string>) => {
      const known = new Set(ids);
      return evidence.filter((id) => known.has(id)).length;
    };
    for (const row of recall) {
      row.messages += hitsIn(found.messages.slice(0, row.at));
      row.messagesOrMemories += hitsIn(found.either.slice(0, row.at));
    }
    total.evidence += evidence.length;
    total.tokens += found.tokens;
    total.inContext += hitsIn(context);
    if (answerer && (await answerer(question, found, signal))) total.right += 1;
  }
  const share = (count: number) => (total.evidence > 0 ? count / total.evidence : 0);
  return {
    messages,
    questions: questions.length,
    evidence: total.evidence,
    recall: recall.map((row) => ({
      at: row.at,
      messages: share(row.messages),
      messagesOrMemories: share(row.messagesOrMemories),
    })),
    tokensPerAnswer: questions.length > 0 ? Math.round(total.tokens / questions.length) : 0,
    inContext: share(total.inContext),
    answeredRight: answerer ? total.right / Math.max(1, questions.length) : null,
  };
}
