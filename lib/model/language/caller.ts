import type { Generated, GenerateRequest } from './generate.ts';

/** What summaries and extractions need of a model. */
export interface Caller {
  readonly name: string;
  readonly contextWindowTokens: number;
  readonly maxOutputTokens: number;
  readonly newMark: () => string;
  readonly generate: (request: GenerateRequest) => Promise<Generated>;
}
