import { CommitlaneError } from '../errors/index.ts';

/** What a dry run found is not there any more. Nothing was done. */
export class FoundExtractionGoneError extends CommitlaneError {
  override readonly name = 'FoundExtractionGoneError';
  readonly code = 'extraction-gone';

  constructor(archive: number, extractionId: string) {
    super(
      `What extraction '${extractionId}' found of archive ${archive} is not there any more: another extraction has taken its place, or it was dropped. Ask for a new one with dryRun.`,
    );
  }
}
