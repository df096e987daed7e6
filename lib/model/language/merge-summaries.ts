import { estimateTokens } from '../../tokens/index.ts';
import type { TokenUsage } from '../model.ts';
import { mergeSummariesPrompt } from '../prompts/index.ts';
import type { Caller } from './caller.ts';
import type { Generated } from './generate.ts';
import { unwrapped } from './reading/unwrapped.ts';
import { roomFor } from './room-for.ts';
import { sumUsage } from './sum-usage.ts';

/**
 * One summary in place of several. Where they do not fit the model's window together, neighbours are joined first; each
 * round leaves at most half as many.
 *
 * @throws what `generate` throws.
 */
export async function mergeSummaries(
  caller: Caller,
  {
    summaries,
    previousSummary,
    signal,
  }: {
    readonly summaries: readonly string[];
    readonly previousSummary?: string;
    readonly signal: AbortSignal;
  },
): Promise<{
  readonly value: string;
  readonly promptVersion: string;
  readonly usage: TokenUsage | undefined;
}> {
  const room = roomFor(caller, [mergeSummariesPrompt.system, previousSummary ?? '']);
  const usages: (TokenUsage | undefined)[] = [];
  let left = summaries;
  for (let groups = groupsOf(left, room); groups.length > 1; groups = groupsOf(left, room)) {
    const joined: string[] = [];
    for (const group of groups) {
      if (group.length === 1) {
        joined.push(...group);
        continue;
      }
      const { text, usage } = await ask(caller, { summaries: group, signal });
      joined.push(unwrapped(text));
      usages.push(usage);
    }
    left = joined;
  }
  const { text, usage } = await ask(caller, {
    summaries: left,
    ...(previousSummary !== undefined && { previousSummary }),
    signal,
  });
  return {
    value: unwrapped(text),
    promptVersion: mergeSummariesPrompt.version,
    usage: sumUsage([...usages, usage]),
  };
}

/** Neighbours that fit the room, and two at least: or else there would always be as many. */
function groupsOf(summaries: readonly string[], room: number): string[][] {
  const groups: string[][] = [[]];
  let tokens = 0;
  for (const summary of summaries) {
    const size = estimateTokens(summary);
    const last = groups.at(-1) ?? [];
    if (last.length >= 2 && tokens + size > room) {
      groups.push([summary]);
      tokens = size;
    } else {
      last.push(summary);
      tokens += size;
    }
  }
  return groups;
}

function ask(
  { newMark, generate }: Caller,
  {
    signal,
    ...texts
  }: {
    readonly summaries: readonly string[];
    readonly previousSummary?: string;
    readonly signal: AbortSignal;
  },
): Promise<Generated> {
  return generate({
    system: mergeSummariesPrompt.system,
    messages: [{ role: 'user', content: mergeSummariesPrompt.prompt({ mark: newMark(), ...texts }) }],
    signal,
  });
}
