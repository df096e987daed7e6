import { cleanText } from '../text/index.ts';
import type { Extraction, ExtractionRequest, Model, ModelAnswer, SummaryRequest } from './model.ts';

/**
 * The same model, with clean text on both sides (`cleanText`): what it is asked holds nothing that its server may refuse, and what
 * it gives nothing that a store, a browser or a terminal could stumble over.
 */
export function withCleanText(model: Model): Model {
  return {
    ...model,
    async summarise(request) {
      return mapAnswer(await model.summarise(cleanSummaryRequest(request)), cleanText);
    },
    async extract(request) {
      return mapAnswer(await model.extract(cleanExtractionRequest(request)), cleanExtraction);
    },
  };
}

function cleanSummaryRequest({ previousSummary, ...rest }: SummaryRequest): SummaryRequest {
  return {
    ...rest,
    ...(previousSummary !== undefined && { previousSummary: cleanText(previousSummary) }),
  };
}

function cleanExtractionRequest({ known, ...rest }: ExtractionRequest): ExtractionRequest {
  return {
    ...rest,
    known: known.map((memory) => ({ ...memory, text: cleanText(memory.text) })),
  };
}

function cleanExtraction({ memories, rejected }: Extraction): Extraction {
  return {
    memories: memories.map((memory) => ({ ...memory, text: cleanText(memory.text) })),
    rejected: rejected.map(({ reason }) => ({ reason: cleanText(reason) })),
  };
}

function mapAnswer<T>({ value, ...rest }: ModelAnswer<T>, change: (value: T) => T): ModelAnswer<T> {
  return { ...rest, value: change(value) };
}
