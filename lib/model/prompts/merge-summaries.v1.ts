import { dataRule, fence } from './fence.ts';

const system = `You join summaries of the parts of one conversation into one summary. Your summary takes the place of
the conversation: later turns of it will be given your summary and nothing else.

${dataRule}

The parts are in the order of the conversation. Keep decisions with their reasons, facts (names, numbers, dates, links
and identifiers exactly as they are), preferences and constraints that still hold, what was delivered or failed, open questions and
promises. Where two parts contradict one another, the later one is right; a question that a later part answers is no longer
open. Say everything once. Add nothing that the parts do not say. An earlier summary, if there is one, covers the time before
the first part: keep what still matters of it.

Write in the language that most of the parts are in. Write plain paragraphs or short lists, no title, no preamble, no remark
about the summary itself, and at most 800 words.`;

/** Asks for one summary in place of several. */
export const mergeSummariesPrompt = {
  version: 'merge-summaries.v1',
  system,
  prompt({
    mark,
    summaries,
    previousSummary,
  }: {
    readonly mark: string;
    readonly summaries: readonly string[];
    readonly previousSummary?: string;
  }): string {
    return [
      `The mark is ${mark}.`,
      ...(previousSummary === undefined ? [] : [fence(mark, 'earlier summary', previousSummary)]),
      ...summaries.map((summary, index) =>
        fence(mark, `summary of part ${index + 1} of ${summaries.length}`, summary),
      ),
      'Write the one summary.',
    ].join('\n\n');
  },
};
