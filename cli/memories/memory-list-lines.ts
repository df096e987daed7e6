import type {
  MemoryDocument,
  MemoryHitsDocument,
  MemoryListDocument,
} from '../../operator/memories/index.ts';
import { age } from '../../operator/words/index.ts';
import { displayText, shortText, table } from '../../terminal/index.ts';
import { rankingLines } from '../display/ranking-lines.ts';
import type { View } from '../display/view.ts';
import { authorWords } from './author-words.ts';

const TEXT_COLUMNS = 60;
const NAME_COLUMNS = 40;

/** A line for each memory; those that were taken back are dim. */
export function memoryListLines(
  view: View,
  { memories, nextAfter }: MemoryListDocument,
  nowMs: number,
): string[] {
  const { colors } = view;
  return [
    ...(memories.length === 0
      ? [colors.dim('There are no such memories.')]
      : memoryTable(view, memories, nowMs)),
    ...(nextAfter === undefined
      ? []
      : [colors.dim(`There are more: --after ${quoted(nextAfter)} goes on there.`)]),
  ];
}

/** A line for each memory that was found. */
export function memoryHitLines(view: View, found: MemoryHitsDocument, nowMs: number): string[] {
  const { hits, nextAfter } = found;
  const { colors } = view;
  return [
    ...(hits.length === 0 ? [colors.dim('No such memory was found.')] : memoryTable(view, hits, nowMs)),
    ...rankingLines(view, found),
    ...(nextAfter === undefined
      ? []
      : [colors.dim(`Not all was searched: --after ${quoted(nextAfter)} goes on there.`)]),
  ];
}

function memoryTable({ colors }: View, memories: readonly MemoryDocument[], nowMs: number): string[] {
  const [heading = '', ...lines] = table([
    ['MEMORY', 'SAID', 'BY', 'TEXT'],
    ...memories.map((memory) => [
      shortText(memoryName(memory), NAME_COLUMNS),
      `${age(nowMs - Date.parse(memory.saidAt))} ago`,
      displayText(authorWords(memory.by)),
      memory.text === undefined ? '(forgotten)' : shortText(displayText(memory.text), TEXT_COLUMNS),
    ]),
  ]);
  const isForgotten = (index: number) => memories[index]?.text === undefined;
  return [colors.dim(heading), ...lines.map((line, index) => (isForgotten(index) ? colors.dim(line) : line))];
}

/** As commands take it. */
export function memoryName({ category, key }: Pick<MemoryDocument, 'category' | 'key'>): string {
  return displayText(`${category}/${key}`);
}

/** A shell takes `#` for a comment where a word begins with it only; people see at once where this one ends. */
function quoted(after: string): string {
  return `'${displayText(after)}'`;
}
