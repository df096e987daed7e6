import type { Entry, Subject } from '../../lib/memory/index.ts';
import { changeMemory } from '../../operator/memories/index.ts';
import { displayText } from '../../terminal/index.ts';
import type { Cli } from '../cli.ts';
import { onTarget } from '../command/on-target.ts';
import { type MemoriesOptions, scopeIn } from './memories-command.ts';
import { memoryName } from './memory-list-lines.ts';

/** Enters something about a memory, and says what it says now. */
export function enter(cli: Cli, options: MemoriesOptions, subject: Subject, entry: Entry): Promise<void> {
  const scopeOf = scopeIn(options);
  return onTarget(cli, options, async (target) => {
    const scope = scopeOf(target);
    const memory = await changeMemory(target, { ...scope, ...subject }, entry, cli.signal);
    return { document: { ...scope, ...memory }, lines: () => [sentenceOf(memory)] };
  });
}

function sentenceOf(memory: Awaited<ReturnType<typeof changeMemory>>): string {
  const name = memoryName(memory);
  return memory.text === undefined
    ? `${name} is forgotten: it is not used any more. commitlane memories restore brings it back.`
    : `${name} says now: ${displayText(memory.text)}`;
}
