import { CommitlaneError } from '../../lib/errors/index.ts';

/** The stack finds by words alone. Nothing was read. */
export class EmbeddingOffError extends CommitlaneError {
  override readonly name = 'EmbeddingOffError';
  readonly code = 'embedding-off';

  constructor(stackName: string) {
    super(
      `Stack ${stackName} has no embedding model, so that there is nothing to embed with: it finds by words alone. Deploy it ` +
        'with -c commitlane:embeddingModel=bedrock:amazon.titan-embed-text-v2:0, or another one; docs/search.md says how.',
    );
  }
}
