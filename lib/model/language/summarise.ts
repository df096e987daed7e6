import { inParallel } from '../../batch/index.ts';
import type { ModelAnswer, SummaryRequest } from '../model.ts';
import { summaryPrompt } from '../prompts/index.ts';
import { type Readable, readable } from '../readable/index.ts';
import type { Caller } from './caller.ts';
import { conversation } from './conversation.ts';
import type { Generated } from './generate.ts';
import { mergeSummaries } from './merge-summaries.ts';
import { partsOf } from './parts-of.ts';
import { unwrapped } from './reading/unwrapped.ts';
import { roomFor } from './room-for.ts';
import { sumUsage } from './sum-usage.ts';

/** Parts of one conversation that are asked for at a time. */
const MAX_PARALLEL = 4;

/**
 * A summary in one call, where the conversation fits the model's window; else of its parts, joined into one.
 *
 * @throws what `generate` throws.
 */
export async function summarise(caller: Caller, request: SummaryRequest): Promise<ModelAnswer<string>> {
  const { messages, previousSummary, signal } = request;
  const earlier = { ...(previousSummary !== undefined && { previousSummary }) };
  const parts = partsOf(readable(messages), roomFor(caller, [summaryPrompt.system, previousSummary ?? '']));
  const [only, ...others] = parts;
  if (only && others.length === 0) {
    const { text, usage } = await ask(caller, { ...earlier, messages: only, signal });
    return { value: unwrapped(text), promptVersion: summaryPrompt.version, ...(usage && { usage }) };
  }
  const summaries = await inParallel(parts, MAX_PARALLEL, signal, (part, index, either) =>
    ask(caller, { messages: part, part: { number: index + 1, count: parts.length }, signal: either }),
  );
  const merged = await mergeSummaries(caller, {
    ...earlier,
    summaries: summaries.map(({ text }) => unwrapped(text)),
    signal,
  });
  const usage = sumUsage([...summaries.map((summary) => summary.usage), merged.usage]);
  return {
    value: merged.value,
    promptVersion: `${summaryPrompt.version}+${merged.promptVersion}`,
    ...(usage && { usage }),
  };
}

function ask(
  { newMark, generate }: Caller,
  {
    messages,
    signal,
    ...others
  }: Readable<SummaryRequest> & { readonly part?: { readonly number: number; readonly count: number } },
): Promise<Generated> {
  const mark = newMark();
  const prompt = summaryPrompt.prompt({ mark, transcript: conversation(mark, messages), ...others });
  return generate({
    system: summaryPrompt.system,
    messages: [{ role: 'user', content: prompt }],
    signal,
  });
}
