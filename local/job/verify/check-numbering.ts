import type { StoredArchive, StoredSession } from '../run/stored-session.ts';
import type { JobProblem, JobProblemKind } from './job-problem.ts';

/** Archives are numbered from 1, their positions follow each other from 1, and each holds what it says. */
export function checkNumbering({ sessionId, archives, archiveCount }: StoredSession): JobProblem[] {
  const problems = archives.flatMap((archive, index) =>
    checkArchive(sessionId, archive, archives[index - 1]),
  );
  if (archives.length !== archiveCount) {
    const message = `The session counts ${archiveCount} archives, but lists ${archives.length}.`;
    problems.push({ kind: 'gap', session: sessionId, message });
  }
  return problems;
}

function checkArchive(
  session: string,
  archive: StoredArchive,
  previous: StoredArchive | undefined,
): JobProblem[] {
  const problems: JobProblem[] = [];
  const find = (kind: JobProblemKind, message: string) => problems.push({ kind, session, message });
  const name = `Archive ${archive.archive}`;
  const expectedNumber = (previous?.archive ?? 0) + 1;
  const expectedFrom = (previous?.to ?? 0) + 1;
  if (archive.archive !== expectedNumber) {
    find('gap', `${name} stands where archive ${expectedNumber} was expected.`);
  }
  if (archive.from !== expectedFrom) {
    find('gap', `${name} begins at position ${archive.from}; ${expectedFrom} was expected.`);
  }
  if (archive.to < archive.from) {
    find('gap', `${name} ends at position ${archive.to}, before it begins at ${archive.from}.`);
  }
  if (archive.messageCount !== archive.messages.length) {
    find(
      'wrong-count',
      `${name} counts ${archive.messageCount} messages, but holds ${archive.messages.length}.`,
    );
  }
  return problems;
}
