import { type Terminal, table } from '../terminal/index.ts';
import type { Recall, Report } from './measure.ts';

/** A report as people read it. */
export function reportLines(report: Report, { colors }: Pick<Terminal, 'colors'>): string[] {
  const { messages, questions, evidence, recall, recallWithMeaning, ...others } = report;
  const { tokensPerAnswer, inContext, answeredRight } = others;
  const rows = [
    ['recall of the evidence', ...recall.map(({ at }) => `at ${at}`)],
    ...recallRows('by words', recall),
    ...(recallWithMeaning ? recallRows('by words and meaning', recallWithMeaning) : []),
  ];
  return [
    `${questions} questions about ${messages} messages, with ${evidence} pieces of evidence`,
    '',
    ...table(rows, { paintHeading: colors.bold, align: 'right' }),
    '',
    ...(recallWithMeaning
      ? []
      : [
          'Nothing was found by meaning: that takes an embedding model (--embedding-model, --embedding-url).',
        ]),
    `The first 10 messages that are found take ${tokensPerAnswer} tokens (estimated, on average).`,
    `The context within 2,000 tokens holds ${inHundredths(inContext)} of the evidence, in messages or memories.`,
    answeredRight === null
      ? 'Nothing was answered or judged: that takes a language model (--model, --model-url).'
      : `The model answered ${inHundredths(answeredRight)} of the questions right, by its own judgement.`,
  ];
}

const inHundredths = (share: number) => share.toFixed(3);

const recallRows = (by: string, recall: readonly Recall[]) => [
  [`messages, ${by}`, ...recall.map((row) => inHundredths(row.messages))],
  [`messages or memories, ${by}`, ...recall.map((row) => inHundredths(row.messagesOrMemories))],
];
