import type { ModelMessage } from 'ai';
import type { MemoryCategory } from '../../memory/index.ts';
import { UnusableOutputError } from '../errors.ts';
import type { Extraction, TokenUsage } from '../model.ts';
import { extractionPrompt, repairPrompt } from '../prompts/index.ts';
import type { ReadableMessage } from '../readable/index.ts';
import type { Caller } from './caller.ts';
import { checkMemories } from './check-memories.ts';
import { conversation } from './conversation.ts';
import { extractionForm } from './extraction-form.ts';
import type { Generated } from './generate.ts';
import { readMemories } from './reading/read-memories.ts';
import { sumUsage } from './sum-usage.ts';

interface Request {
  readonly system: string;
  readonly messages: readonly ReadableMessage[];
  readonly categories: readonly MemoryCategory[];
  /** The categories as the model is told them, one a line. */
  readonly described: string;
  readonly known: string;
  readonly part?: { readonly number: number; readonly count: number };
  readonly signal: AbortSignal;
}

interface Answer {
  readonly value: Extraction;
  readonly promptVersion: string;
  readonly usage: TokenUsage | undefined;
}

const CUT_OFF = { reason: 'the answer was truncated, and the rest of the memories is missing' };

/** What is wrong with an answer as a whole, for the model's eyes only. */
type Checked = { readonly extraction: Extraction } | { readonly problem: string };

/**
 * The memories of a conversation that fits one call. An answer of which nothing can be used is asked for once more, with what
 * is wrong with it.
 *
 * @throws UnusableOutputError when the second answer is no better; what `generate` throws.
 */
export async function askForMemories(caller: Caller, request: Request): Promise<Answer> {
  const { newMark, generate, name } = caller;
  const { messages: conversationMessages, signal, system, categories, described } = request;
  const mark = newMark();
  const prompt = extractionPrompt.prompt({
    ...request,
    categories: described,
    mark,
    transcript: conversation(mark, conversationMessages),
  });
  const common = { system, form: extractionForm(categories), signal };
  const messages: ModelMessage[] = [{ role: 'user', content: prompt }];

  const first = await generate({ ...common, messages });
  const checked = check(name, first, request);
  if ('extraction' in checked) {
    return { value: checked.extraction, promptVersion: extractionPrompt.version, usage: first.usage };
  }
  const second = await generate({
    ...common,
    messages: [
      ...messages,
      { role: 'assistant', content: first.text },
      { role: 'user', content: repairPrompt.prompt(checked) },
    ],
  });
  const rechecked = check(name, second, request);
  if ('problem' in rechecked) {
    throw new UnusableOutputError(name, 'memories that do not match the schema, twice');
  }
  return {
    value: rechecked.extraction,
    promptVersion: `${extractionPrompt.version}+${repairPrompt.version}`,
    usage: sumUsage([first.usage, second.usage]),
  };
}

/**
 * One wrong memory is left out; where all of them are, the answer as a whole is wrong. Of an answer that was cut off, its whole
 * memories are better than none.
 *
 * @throws UnusableOutputError for a cut-off answer without them: asked again, it would be as long.
 */
function check(name: string, { text, ...answer }: Generated, { messages, categories }: Request): Checked {
  const read = readMemories(text);
  const given = 'memories' in read ? read : { memories: [], isCutOff: false };
  const messageIds = new Set(messages.map(({ id }) => id));
  const { memories, rejected } = checkMemories(given.memories, { categories, messageIds });
  const isCutOff = answer.isCutOff || given.isCutOff;
  if (memories.length > 0)
    return { extraction: { memories, rejected: isCutOff ? [...rejected, CUT_OFF] : rejected } };
  if (answer.isCutOff) throw new UnusableOutputError(name, 'an answer that was truncated at its limit');
  if ('problem' in read) return read;
  if (isCutOff) return { problem: CUT_OFF.reason };
  return rejected.length === 0
    ? { extraction: { memories, rejected } }
    : { problem: rejected.map(({ reason }) => reason).join('\n') };
}
