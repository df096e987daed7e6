import { readable } from '../model/index.ts';
import type { Message, SessionMeta } from '../session/index.ts';
import { OvertakenError, readsBackwards } from '../session-log/index.ts';
import type { ContextSource } from './newest-first.ts';

/** The newest records, and then, right after a commit, the end of the newest archive. */
const MAX_READS = 2;
const RECORDS_PER_READ = 20;

/**
 * What a user said last, among the newest 20 records, or, where these are archived, at the end of the newest archive.
 *
 * @returns undefined where nothing is found, or a commit moved it meanwhile.
 * @throws ArchiveCorruptError, StoreUnavailableError.
 */
export async function lastUserText(source: ContextSource, meta: SessionMeta): Promise<string | undefined> {
  try {
    let reads = 0;
    for await (const { records } of readsBackwards(source, meta, {
      before: meta.nextSeq,
      limit: RECORDS_PER_READ,
    })) {
      // The log's pages are the newest first, and a chunk is not.
      const newestFirst = records.toSorted((a, b) => b.position - a.position);
      for (const { messages } of newestFirst) {
        const text = textOfUser(messages);
        if (text !== undefined) return text;
      }
      reads += 1;
      if (reads === MAX_READS) break;
    }
  } catch (error) {
    if (!(error instanceof OvertakenError)) throw error;
  }
  return undefined;
}

function textOfUser(messages: readonly Message[]): string | undefined {
  return readable(messages).findLast(({ role, kind }) => role === 'user' && kind === 'text')?.content;
}
