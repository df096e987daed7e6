import type { Extraction, ExtractionRequest, ModelAnswer } from '../model.ts';
import { extractionPrompt } from '../prompts/index.ts';
import { type ReadableMessage, readable } from '../readable/index.ts';
import { askForMemories } from './ask-for-memories.ts';
import type { Caller } from './caller.ts';
import { inParallel } from './in-parallel.ts';
import { knownLines } from './known-lines.ts';
import { mergeExtracted } from './merge-extracted.ts';
import { partsOf } from './parts-of.ts';
import { roomFor } from './room-for.ts';
import { sumUsage } from './sum-usage.ts';

/** Parts of one conversation that are asked for at a time. */
const MAX_PARALLEL = 4;
/** Of the window, for what is known already. */
const KNOWN_SHARE = 1 / 8;

/**
 * The memories of a conversation, of each part by itself where it does not fit the model's window.
 *
 * @throws what `generate` throws.
 */
export async function extract(caller: Caller, request: ExtractionRequest): Promise<ModelAnswer<Extraction>> {
  const { categories, signal } = request;
  const messages = readable(request.messages);
  if (categories.length === 0) return { value: { memories: [], rejected: [] } };
  const known = knownLines(request.known, caller.contextWindowTokens * KNOWN_SHARE);
  const parts = partsOf(messages, roomFor(caller, [extractionPrompt.system, known]));
  const answers = await inParallel(parts, MAX_PARALLEL, signal, (part: ReadableMessage[], index, either) =>
    askForMemories(caller, {
      messages: part,
      categories,
      known,
      ...(parts.length > 1 && { part: { number: index + 1, count: parts.length } }),
      signal: either,
    }),
  );
  const usage = sumUsage(answers.map((answer) => answer.usage));
  const repaired = answers.find(({ promptVersion }) => promptVersion !== extractionPrompt.version);
  return {
    value: {
      memories: mergeExtracted(
        answers.flatMap(({ value }) => value.memories),
        messages,
      ),
      rejected: answers.flatMap(({ value }) => value.rejected),
    },
    promptVersion: repaired?.promptVersion ?? extractionPrompt.version,
    ...(usage && { usage }),
  };
}
