import type { LogRecord } from '../session/index.ts';

/** One line of an archive: an append, as it was in the log. */
export type ArchivedRecord = Pick<LogRecord, 'position' | 'appendId' | 'appendedAtMs' | 'messages'>;

/** The line, with its end; the same record always gives the same bytes. */
export function toLine({ position, appendId, appendedAtMs, messages }: ArchivedRecord): string {
  return `${JSON.stringify({ position, appendId, appendedAtMs, messages })}\n`;
}
