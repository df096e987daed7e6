import { readFile } from 'node:fs/promises';
import { CommitlaneError } from '../../lib/errors/index.ts';
import { isRunning } from '../is-running.ts';
import { type DiscoveryDocument, discoverySchema } from './discovery-document.ts';

/** No stack runs on this machine, as far as the file says that a running one writes. */
class NoLocalStackError extends CommitlaneError {
  override readonly name = 'NoLocalStackError';
  readonly code = 'no-local-stack';

  constructor(why: string, options: { cause?: unknown } = {}) {
    super(`There is no local stack: ${why}. Start one with npm start, in another terminal.`, options);
  }
}

/**
 * Finds the stack that runs on this machine.
 *
 * @throws NoLocalStackError when there is none, or the process that wrote the file is no more.
 */
export async function findStack(file: string): Promise<DiscoveryDocument> {
  const document = parse(file, await read(file));
  if (isRunning(document.pid)) return document;
  throw new NoLocalStackError(
    `process ${document.pid}, which ${file} names, has ended without removing that file`,
  );
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw new NoLocalStackError(`${file} is not there`, { cause });
  }
}

function parse(file: string, text: string): DiscoveryDocument {
  try {
    return discoverySchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new NoLocalStackError(`${file} is not what npm start writes`, { cause });
  }
}
