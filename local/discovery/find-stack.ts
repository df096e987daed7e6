import { CommitlaneError } from '../../lib/errors/index.ts';
import { mayRun } from '../process-identity.ts';
import { type DiscoveryDocument, parseDocument } from './discovery-document.ts';
import { documentFiles } from './document-files.ts';
import { readIfThere } from './remove-document.ts';

/** No stack runs on this machine, as far as the files say that running ones write. */
class NoLocalStackError extends CommitlaneError {
  override readonly name = 'NoLocalStackError';
  readonly code = 'no-local-stack';

  constructor(why: string) {
    super(`There is no local stack: ${why}. Start one with npx commitlane start, in another terminal.`);
  }
}

export interface FoundStack extends DiscoveryDocument {
  /** Where it says where it is. */
  readonly file: string;
}

/** For one look at a part of a stack: it answers at once, or is very busy. */
const ANSWER_TIMEOUT_MS = 3_000;

/**
 * Finds the stacks that run on this machine: what stands in the file, and in those beside it. The one to use is the
 * first: of those that stay up, or else of the others, the newest.
 *
 * @throws NoLocalStackError when none answers; it says of each what is the matter.
 */
export async function findStacks(file: string): Promise<readonly [FoundStack, ...FoundStack[]]> {
  const looks = await Promise.all((await documentFiles(file)).map(look));
  const [first, ...others] = looks
    .flatMap((one) => one.stack ?? [])
    .sort((a, b) => Number(b.staysUp) - Number(a.staysUp) || b.startedAtMs - a.startedAtMs);
  if (first) return [first, ...others];
  const reasons = looks.flatMap((one) => one.reason ?? []);
  throw new NoLocalStackError(reasons.length > 0 ? reasons.join('; ') : `${file} is not there`);
}

interface Look {
  readonly stack?: FoundStack;
  /** Why there is none. */
  readonly reason?: string;
}

async function look(file: string): Promise<Look> {
  const text = await readIfThere(file);
  if (text === undefined) return {};
  const document = parseDocument(text);
  if (!document) return { reason: `${file} is not what npm start of this version writes` };
  if (!mayRun(document)) {
    return {
      reason: `process ${document.pid}, which ${file} names, has ended without removing that file`,
    };
  }
  const silent = await silentPart(document);
  if (silent === undefined) return { stack: { ...document, file } };
  return {
    reason: `the stack of process ${document.pid}, which ${file} names, does not answer at ${silent}`,
  };
}

/** The first address at which nothing answers; another process may have the id, and even the port, of one that ended. */
async function silentPart({ apiUrl, endpoints }: DiscoveryDocument): Promise<string | undefined> {
  const addresses = [apiUrl, ...Object.values(endpoints)];
  const answers = await Promise.all(addresses.map(isAnswering));
  return addresses.find((_, index) => !answers[index]);
}

/** Any answer will do. */
async function isAnswering(address: string): Promise<boolean> {
  try {
    const { body } = await fetch(address, { method: 'POST', signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
    await body?.cancel();
    return true;
  } catch {
    return false;
  }
}
