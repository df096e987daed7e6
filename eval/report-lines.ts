import { type Terminal, table } from '../terminal/index.ts';
import type { Report } from './measure.ts';

/** A report as people read it. */
export function reportLines(report: Report, { colors }: Pick<Terminal, 'colors'>): string[] {
  const { messages, questions, evidence, recall, tokensPerAnswer, inContext, answeredRight } = report;
  const rows = [
    ['recall of the evidence', ...recall.map(({ at }) => `at ${at}`)],
    ['messages', ...recall.map((row) => inHundredths(row.messages))],
    ['messages or memories', ...recall.map((row) => inHundredths(row.messagesOrMemories))],
  ];
  return [
    `${questions} questions about ${messages} messages, with ${evidence} pieces of evidence`,
    '',
    ...table(rows, { paintHeading: colors.bold, align: 'right' }),
    '',
    `The first 10 messages that are found take ${tokensPerAnswer} tokens (estimated, on average).`,
    `The messages of the context within 2,000 tokens hold ${inHundredths(inContext)} of the evidence.`,
    answeredRight === null
      ? 'Nothing was answered or judged: that takes a language model (--model, --model-url).'
      : `The model answered ${inHundredths(answeredRight)} of the questions right, by its own judgement.`,
  ];
}

const inHundredths = (share: number) => share.toFixed(3);
