import { trimmedEnd } from '../../../text/index.ts';
import type { Language } from '../text/language.ts';
import { isFactual } from './is-factual.ts';
import type { MemoryDraft } from './rule.ts';
import { slugOf } from './slug-of.ts';
import type { Utterance } from './utterance.ts';

const PROBLEM =
  /\b(?:keeps? \p{L}+ing|error|exception|fails?|failed|failing|flaky|broken|crash(?:es|ed|ing)?|does not work|doesn't work|did not work|not working|stopped working|hangs|freezes|cannot (?:open|start|connect|log in|find|install|build)|timeouts?|times out|bug|corrupt(?:ed)?|leaks?|too slow|stuck)\b/iu;
const CONFIRMED =
  /^(?:(?:yes|yeah|great|perfect|thanks|wow|ok|ah|oh)[,!. ]+)*(?:that (?:fixed|solved|worked|did)\b(?: it| the trick)?|(?:it|everything) works(?: now| again)?\b|now (?:it|everything) works\b|(?:it|this) is (?:fixed|solved|working)(?: now)?\b|problem solved|fixed it\b|(?:it|this) worked\b)/i;
const FIX_SAID = /\b(?:the fix is|the solution is|to fix (?:it|this|that))\b/i;
const INSTRUCTION =
  /^(?:(?:so|then|first|now|please)[, ]+)?(?:turn|switch|replace|set|add|remove|delete|install|update|upgrade|restart|run|use|change|move|disable|enable|increase|reduce|clear|reset|rename|wrap|check out|revert|downgrade|unplug|open|write|put|try|make)\b/i;
const EXPLANATION =
  /^(?:it|this) (?:removes|turns|makes|stops|keeps|adds|sets|prevents|forces|tells|waits)\b/i;

/** How far back a problem may have been described. */
const MAX_MESSAGES_BACK = 30;
const MAX_UTTERANCES_BACK = 300;

interface Found {
  readonly draft: MemoryDraft;
  readonly utterance: Utterance;
}

/** Problems that a user described, with what the assistant advised before the user said that it worked. */
export function findCases(utterances: readonly Utterance[], language: Language, userName: string): Found[] {
  const found: Found[] = [];
  const problems = new Set(utterances.filter(isProblem));
  const scores = new Map(utterances.map((utterance) => [utterance, adviceScore(utterance)]));
  let from = 0;
  for (const [index, utterance] of utterances.entries()) {
    if (utterance.message.role !== 'user' || !CONFIRMED.test(utterance.text)) continue;
    if (!isFactual(utterance.text) || /\b(?:not|but|until|only)\b/i.test(utterance.text)) continue;
    const before = utterances
      .slice(Math.max(from, index - MAX_UTTERANCES_BACK), index)
      .filter(({ messageIndex }) => messageIndex >= utterance.messageIndex - MAX_MESSAGES_BACK);
    const draft = caseOf(before, { problems, scores, language, speaker: utterance.name ?? userName });
    if (!draft) continue;
    found.push({ draft, utterance });
    from = index;
  }
  return found;
}

interface Reading {
  /** Each utterance is read once, however many confirmations look back at it. */
  readonly problems: ReadonlySet<Utterance>;
  readonly scores: ReadonlyMap<Utterance, number>;
  readonly language: Language;
  readonly speaker: string;
}

function isProblem({ message, text }: Utterance): boolean {
  return message.role === 'user' && PROBLEM.test(text) && !text.endsWith('?');
}

function caseOf(
  before: readonly Utterance[],
  { problems, scores, language, speaker }: Reading,
): MemoryDraft | undefined {
  const problemAt = before.findIndex((utterance) => problems.has(utterance));
  const problem = before[problemAt];
  if (!problem) return undefined;
  const advice = before
    .slice(problemAt + 1)
    .map((utterance) => ({ text: utterance.text, score: scores.get(utterance) ?? 0 }))
    .filter(({ score }) => score > 0);
  const best = advice.reduceRight<(typeof advice)[number] | undefined>(
    (better, one) => (better && better.score >= one.score ? better : one),
    undefined,
  );
  if (!best) return undefined;
  return {
    category: 'case',
    subject: subjectOf(problem.text, language),
    text: `${speaker} had the problem "${trimmed(problem.text)}", and this solved it: "${trimmed(best.text)}".`,
    confidence: 0.8,
  };
}

/** 0 for what is no advice. */
function adviceScore({ message, text }: Utterance): number {
  if (message.role !== 'assistant' || /\?$|\b(?:this|these|follows):$/.test(text)) return 0;
  if (FIX_SAID.test(text)) return 3;
  if (INSTRUCTION.test(text)) return /^(?:then|now)\b/i.test(text) ? 1 : 2;
  return EXPLANATION.test(text) ? 1 : 0;
}

function subjectOf(problem: string, language: Language): string {
  const words = language
    .read(problem)
    .flatMap((sentence) => sentence.words)
    .filter(({ isWord, isStopWord, partOfSpeech }) => {
      return isWord && !isStopWord && ['NOUN', 'PROPN', 'VERB', 'ADJ'].includes(partOfSpeech);
    });
  return slugOf(
    words
      .slice(0, 5)
      .map(({ lemma }) => lemma)
      .join(' '),
  );
}

function trimmed(text: string): string {
  return trimmedEnd(text.replaceAll('"', "'"), /[.!:]/);
}
