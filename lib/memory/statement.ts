import type { Author, Carried, Subject } from './memory.ts';

/**
 * What one archive, or one person, said about one subject. It never changes: an archive that is extracted again has its
 * statements replaced by others.
 */
export interface Statement extends Subject {
  /** One self-contained sentence, at most 1 000 characters; empty where nothing is to be kept, or said. */
  readonly text: string;
  /** Takes back what was said before, whoever said it. */
  readonly retracts?: true;
  /** Says again what was said before it was taken back, whoever said it; it has no text of its own. */
  readonly restores?: true;
  /** Openly contradicts what was known: it counts even against what a person has entered before. */
  readonly contradicts?: true;
  readonly confidence: number;
  /** When it was said; never later than the message was appended. */
  readonly saidAtMs: number;
  readonly by: Author;
  readonly carriedFrom?: Carried;
}

/** The time in milliseconds has 13 digits until the year 2286, and 15 for as long as JavaScript counts. */
const TIME_DIGITS = 15;
const ARCHIVE_DIGITS = 6;

/**
 * A statement's name in its scope: subject, time, author. The names of a subject's statements sort by time; of the same
 * moment, by author. An archive makes one statement of a subject, so it gives it the same name whenever it is merged.
 */
export function statementName({
  saidAtMs,
  by,
  ...subject
}: Pick<Statement, keyof Subject | 'saidAtMs' | 'by'>): string {
  return `${subjectName(subject)}#${String(saidAtMs).padStart(TIME_DIGITS, '0')}#${authorName(by)}`;
}

/** A subject's name in its scope; neither part holds a `#`. */
export function subjectName({ category, key }: Subject): string {
  return `${category}#${key}`;
}

/**
 * Stands in a source for statements that an archive has still to make, so that nobody's words stay on its manifest when they
 * are erased. With a session: whose source has it, so that it can be found from the archive's own.
 */
export const pendingName = (session?: string) => (session === undefined ? PENDING : `${PENDING}*${session}`);

const PENDING = 'pending';

/** Whether a name in a source is a statement's; all others are by `pendingName`. */
export const isStatementName = (name: string) => name.includes('#');

/** Which archive an author is; undefined for any other author. */
export function archiveOf(
  author: string,
): { readonly session: string; readonly archive: number } | undefined {
  const [session = '', archive = ''] = author.split('#');
  return session === '*' ? undefined : { session, archive: Number(archive) };
}

/** Which subject a name is of, and when it was said. */
export function parseStatementName(name: string): Subject & Pick<Statement, 'saidAtMs'> {
  const [category = '', key = '', time] = name.split('#');
  return { category: category as Subject['category'], key, saidAtMs: Number(time) };
}

/** No name of a session holds a `*`. */
export function authorName(by: Author): string {
  switch (by.kind) {
    case 'archive':
      return `${by.session}#${String(by.archive).padStart(ARCHIVE_DIGITS, '0')}`;
    case 'earlier':
      return '*';
    default:
      return `*#${by.id}`;
  }
}
