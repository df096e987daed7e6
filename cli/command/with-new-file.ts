import { access, open, rename, rm } from 'node:fs/promises';
import { UsageError } from '../errors.ts';

/** So much is written at once. */
const BUFFER_CHARACTERS = 64 * 1024;

/**
 * Writes a new file, whole or not at all: it has another name until the work is done. Only its owner may read it.
 *
 * @throws UsageError when there is such a file, or it cannot be written; what the work throws.
 */
export async function withNewFile<Result>(
  file: string,
  work: (write: (text: string) => Promise<void>) => Promise<Result>,
): Promise<Result> {
  await refuseExisting(file);
  const partial = `${file}.${process.pid}.part`;
  const handle = await open(partial, 'wx', 0o600).catch((cause: unknown) => {
    throw unwritable(file, cause);
  });
  try {
    let text = '';
    const flush = async () => {
      await handle.appendFile(text).catch((cause: unknown) => {
        throw unwritable(file, cause);
      });
      text = '';
    };
    const result = await work(async (more) => {
      text += more;
      if (text.length >= BUFFER_CHARACTERS) await flush();
    });
    await flush();
    await handle.sync();
    await refuseExisting(file);
    await rename(partial, file);
    return result;
  } finally {
    await handle.close();
    await rm(partial, { force: true });
  }
}

/** It may be the only copy of something. */
async function refuseExisting(file: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere) throw new UsageError(`${file}: it exists already: name another, or move it.`);
}

function unwritable(file: string, cause: unknown): UsageError {
  return new UsageError(`${file}: it cannot be written (${(cause as NodeJS.ErrnoException).code}).`, {
    cause,
  });
}
