import type { ExtractionRequest, Model, SummaryRequest } from '../../../lib/model/index.ts';
import type { Call, Result } from '../actor/operation.ts';
import { topic } from '../roles/session.ts';
import type { Scenario } from './scenario.ts';

type Summary = Awaited<ReturnType<Model['summarise']>>;
type Extraction = Awaited<ReturnType<Model['extract']>>;

/** What the model says; like a real one, it says something else each time that it is asked. */
export function answerOfModel(by: string, { method, args }: Call, { takesBack }: Scenario): Result {
  const [request] = args as [SummaryRequest | ExtractionRequest];
  const text = `${by}: ${request.messages.map(({ content }) => content).join()}`;
  const messageId = request.messages[0]?.id ?? 'none';
  const value = method === 'summarise' ? summaryOf(text) : extractionOf(text, messageId, takesBack);
  return { kind: 'answer', value };
}

const summaryOf = (value: string): Summary => ({ value });

function extractionOf(text: string, messageId: string, takesBack = false): Extraction {
  const said = { text, confidence: 1, messageId, ...(takesBack && { retracts: true as const }) };
  const memory = { ...topic, ...said };
  return { value: { memories: [memory], rejected: [] } };
}
