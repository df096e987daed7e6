import type { StatementDocument } from './read-memory.ts';

/** What a statement does, in words. */
export function statementWords({ retracts, restores, contradicts }: StatementDocument): string {
  if (retracts) return 'taken back';
  if (restores) return 'restored';
  return contradicts ? 'said, against what was known' : 'said';
}
