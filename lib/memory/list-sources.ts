import type { Memory, MemorySource } from './memory.ts';

/**
 * A memory lists at most this many archives: with session ids of 128 characters they take 76 KB, beside 80 KB of text and
 * history, of the 400 KB that an item may have.
 */
const MAX_SOURCES = 500;

/**
 * Which of the archives that gave evidence are listed, in order: the newest of each session first, so that each session
 * is there; then the newest of the rest. Only with more than 500 sessions is one left out as a whole, those whose names
 * sort last: the choice must not depend on the order in which they come, or merging again would change the memory.
 */
export function listSources(
  sources: readonly MemorySource[],
  hasUnlisted: boolean,
): Pick<Memory, 'archives' | 'hasUnlistedSessions'> {
  const newest = new Map<string, number>();
  for (const { session, archive } of sources)
    newest.set(session, Math.max(archive, newest.get(session) ?? 0));
  const isNewest = ({ session, archive }: MemorySource) => newest.get(session) === archive;
  const listed = [
    ...sources.filter(isNewest).sort(bySource),
    ...sources.filter((source) => !isNewest(source)).sort((a, b) => b.archive - a.archive || bySource(a, b)),
  ].slice(0, MAX_SOURCES);
  return {
    archives: listed.sort(bySource),
    ...((hasUnlisted || newest.size > MAX_SOURCES) && { hasUnlistedSessions: true }),
  };
}

function bySource(a: MemorySource, b: MemorySource): number {
  if (a.session === b.session) return a.archive - b.archive;
  return a.session < b.session ? -1 : 1;
}
