import { inParallel } from '../../batch/index.ts';
import { builtInExtraction } from '../../extraction/index.ts';
import type { Extraction, ExtractionRequest, ModelAnswer } from '../model.ts';
import { extractionPrompt } from '../prompts/index.ts';
import { type ReadableMessage, readable } from '../readable/index.ts';
import { askForMemories } from './ask-for-memories.ts';
import type { Caller } from './caller.ts';
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
  const { signal, settings = builtInExtraction } = request;
  const messages = readable(request.messages);
  const wanted = settings.categories.filter(({ name }) => request.categories.includes(name));
  if (wanted.length === 0) return { value: { memories: [], rejected: [] } };
  const asked = {
    system: extractionPrompt.system(settings),
    categories: wanted.map(({ name }) => name),
    described: wanted.map(({ name, description }) => `- ${name}: ${description}`).join('\n'),
  };
  const known = knownLines(request.known, caller.contextWindowTokens * KNOWN_SHARE);
  const parts = partsOf(messages, roomFor(caller, [asked.system, asked.described, known]));
  const answers = await inParallel(parts, MAX_PARALLEL, signal, (part: ReadableMessage[], index, either) =>
    askForMemories(caller, {
      ...asked,
      messages: part,
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
    ...(settings.version !== undefined && { extractionVersion: settings.version }),
    ...(usage && { usage }),
  };
}
