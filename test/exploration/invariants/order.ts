import { textOf } from '../../support/text-of.ts';
import { contentsOf } from './contents-of.ts';
import type { Invariant } from './invariant.ts';
import { notesIn } from './notes-in.ts';

/** Archives one after the other, then what is live, are in position order, and in the order of each appender. */
export const order: Invariant = {
  name: 'order',
  afterStep(step, { scenario }) {
    const { before, after } = step;
    for (const { note } of notesIn(step, 'read-live')) {
      const problem = outOfOrder(
        note.page.messages.map((message) => ({ content: textOf(message), position: message.position })),
      );
      if (problem) return `a reader was shown ${problem}`;
    }
    if (before.session === after.session) return undefined;
    const contents = contentsOf(after.session);
    const problem = outOfOrder(contents);
    if (problem) return problem;
    const everyone = scenario.appends.map((appends) => appends.flatMap((append) => append.contents));
    for (const own of everyone) {
      // What others append, too, may be there before this appender comes.
      const planned = own.filter((content) => everyone.every((all) => all === own || !all.includes(content)));
      const found = planned.flatMap((content) => contents.find((one) => one.content === content) ?? []);
      const swapped = outOfOrder(found);
      if (swapped) return `${swapped}, though it was appended later`;
    }
    return undefined;
  },
};

function outOfOrder(
  messages: readonly { readonly content: string; readonly position: number }[],
): string | undefined {
  for (const [index, { content, position }] of messages.entries()) {
    const previous = messages[index - 1];
    if (!previous || previous.position < position) continue;
    // Messages of one append share its position.
    if (previous.position > position || previous.content >= content) {
      return `'${content}' at position ${position} behind '${previous.content}' at ${previous.position}`;
    }
  }
  return undefined;
}
