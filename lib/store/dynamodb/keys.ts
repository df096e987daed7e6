import type { SessionKey } from '../../session/index.ts';

/** The item layout: see docs/architecture.md. Numbers are padded so that sort keys sort as numbers do. */
const POSITION_DIGITS = 12;
const ARCHIVE_DIGITS = 6;
const CHUNK_DIGITS = 3;

const SESSION_PARTITION = /^TENANT#([^#]+)#SESSION#([^#]+)$/;

const padded = (value: number, digits: number) => String(value).padStart(digits, '0');

export const keys = {
  partition: ({ tenant, session }: SessionKey) => `TENANT#${tenant}#SESSION#${session}`,
  /** @throws RangeError for a partition that is not a session's. */
  sessionOf: (partition: string): SessionKey => {
    const [, tenant, session] = SESSION_PARTITION.exec(partition) ?? [];
    if (tenant === undefined || session === undefined) {
      throw new RangeError(`'${partition}' is not the partition of a session: expected TENANT#t#SESSION#s`);
    }
    return { tenant, session };
  },
  meta: 'META',
  /** APPEND, ARCHIVE and COMMIT items sort before it; the log and META do not. */
  beforeLog: 'LOG#',
  position: (position: number) => `LOG#${padded(position, POSITION_DIGITS)}`,
  archive: (archive: number) => `ARCHIVE#${padded(archive, ARCHIVE_DIGITS)}`,
  chunk: (archive: number, index: number) =>
    `ARCHIVE#${padded(archive, ARCHIVE_DIGITS)}#CHUNK#${padded(index, CHUNK_DIGITS)}`,
  commit: (commitId: string) => `COMMIT#${commitId}`,
  appendKey: (key: string) => `APPEND#${key}`,
  checkShard: (shard: number) => `CHECK#${shard}`,
} as const;
