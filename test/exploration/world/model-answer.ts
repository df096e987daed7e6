import type { ExtractionRequest, Model, SummaryRequest } from '../../../lib/model/index.ts';
import type { Call, Result } from '../actor/operation.ts';

type Summary = Awaited<ReturnType<Model['summarise']>>;
type Extraction = Awaited<ReturnType<Model['extract']>>;

/** What the model says; like a real one, it says something else each time that it is asked. */
export function answerOfModel(by: string, { method, args }: Call): Result {
  const [request] = args as [SummaryRequest | ExtractionRequest];
  const text = `${by}: ${request.messages.map(({ content }) => content).join()}`;
  const messageId = request.messages[0]?.id ?? 'none';
  const value = method === 'summarise' ? summaryOf(text) : extractionOf(text, messageId);
  return { kind: 'answer', value };
}

const summaryOf = (value: string): Summary => ({ value });

function extractionOf(text: string, messageId: string): Extraction {
  const memory = { category: 'entity', key: 'topic', text, confidence: 1, messageId } as const;
  return { value: { memories: [memory], rejected: [] } };
}
