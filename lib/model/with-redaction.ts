import {
  type KnownSecret,
  type RedactionMode,
  redact,
  redactMessages,
  secretsSaid,
} from '../redaction/index.ts';
import { cleanText } from '../text/index.ts';
import type { ExtractionRequest, Model, ModelAnswer, SummaryRequest } from './model.ts';
import { redactExtraction, redactMemory } from './redact-extraction.ts';

/** What is left without its secrets, and how many they were. */
interface Redacted<T> {
  readonly value: T;
  readonly count: number;
}

/**
 * The same model, without secrets in what it gives, and in the mode `model` in what it is asked. What the messages show
 * to be a secret is one in the answer as well. An answer says how many secrets were replaced, in it and in its request.
 *
 * @param model one that gives clean text (`withCleanText`): a character that is taken out later could hide a secret.
 */
export function withRedaction(model: Model, mode: RedactionMode): Model {
  if (mode === 'off') return model;
  const isBefore = mode === 'model';
  return {
    ...model,
    async summarise(given) {
      const asked = isBefore ? redactSummaryRequest(given) : { value: given, count: 0 };
      const known = isBefore ? [] : secretsSaid(given.messages);
      const answer = await model.summarise(asked.value);
      return counted(answer, asked.count, redactText(answer.value, known));
    },
    async extract(given) {
      const asked = isBefore ? redactExtractionRequest(given) : { value: given, count: 0 };
      const known = isBefore ? [] : secretsSaid(given.messages);
      const answer = await model.extract(asked.value);
      return counted(answer, asked.count, redactExtraction(answer.value, known));
    },
  };
}

function counted<T>(answer: ModelAnswer<T>, before: number, { value, count }: Redacted<T>): ModelAnswer<T> {
  const redacted = before + count;
  return { ...answer, value, ...(redacted > 0 && { redacted }) };
}

function redactText(given: string, known: readonly KnownSecret[]): Redacted<string> {
  const { text, count } = redact(given, known);
  return { value: text, count };
}

function redactSummaryRequest({
  messages,
  previousSummary,
  ...rest
}: SummaryRequest): Redacted<SummaryRequest> {
  const said = redactMessages(messages);
  const previous = previousSummary === undefined ? undefined : redact(cleanText(previousSummary));
  return {
    value: { ...rest, messages: said.messages, ...(previous && { previousSummary: previous.text }) },
    count: said.count + (previous?.count ?? 0),
  };
}

function redactExtractionRequest({
  messages,
  known,
  ...rest
}: ExtractionRequest): Redacted<ExtractionRequest> {
  const said = redactMessages(messages);
  const memories = known.map((memory) => redactMemory({ ...memory, text: cleanText(memory.text) }, []));
  return {
    value: { ...rest, messages: said.messages, known: memories.map(({ value }) => value) },
    count: memories.reduce((sum, { count }) => sum + count, said.count),
  };
}
