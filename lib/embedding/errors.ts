import { CommitlaneError } from '../errors/index.ts';

/** The embedding model cannot be reached, is overloaded, or did not answer in time. */
export class EmbeddingUnavailableError extends CommitlaneError {
  override readonly name = 'EmbeddingUnavailableError';
  readonly code = 'embedding-unavailable';
}

/** The embedding model refuses, or answers what cannot be used: the same call would fail again. */
export class EmbeddingRefusedError extends CommitlaneError {
  override readonly name = 'EmbeddingRefusedError';
  readonly code = 'embedding-refused';
}
