import { randomUUID } from 'node:crypto';
import { link, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isSameProcess, mayRun, type ProcessIdentity, thisProcess } from '../process-identity.ts';
import type { DiscoveryDocument } from './discovery-document.ts';
import { besideDocument, documentFiles } from './document-files.ts';
import { removeDocument } from './remove-document.ts';

/** A running stack, as others need to know it. */
export type PublishedStack = Omit<DiscoveryDocument, 'pid' | 'startedAtMs'>;

/** Stacks of one process. */
const MAX_PLACES = 100;

/**
 * Writes where a stack of this process is, and removes that again when it is disposed of. Where another stack stands
 * already, it is written beside (`local-<pid>.json`); what a process has left behind that runs no more is replaced.
 *
 * @throws what the file system throws.
 */
export async function publishStack(file: string, stack: PublishedStack): Promise<AsyncDisposable> {
  const { staysUp, stackName, apiUrl, endpoints, limitVariables, outputs, caller, tokens } = stack;
  const document: DiscoveryDocument = {
    ...thisProcess,
    staysUp,
    stackName,
    apiUrl,
    endpoints,
    limitVariables,
    outputs,
    caller,
    tokens,
  };
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  for (const one of await documentFiles(file)) await removeDocument(one, isLeftBehind);
  const draft = `${file}.${randomUUID()}.draft`;
  await writeFile(draft, JSON.stringify(document, undefined, 2), { mode: 0o600 });
  const place = await takePlace(draft, file);
  await rm(draft, { force: true });
  return {
    [Symbol.asyncDispose]: () =>
      removeDocument(place, (owner) => owner !== undefined && isSameProcess(owner, thisProcess)),
  };
}

const isLeftBehind = (owner: ProcessIdentity | undefined) => owner === undefined || !mayRun(owner);

/** Gives the draft the first name that is free; a link, unlike a renaming, never replaces what is there. */
async function takePlace(draft: string, file: string): Promise<string> {
  for (let number = 0; ; number += 1) {
    const place = number === 0 ? file : besideDocument(file, process.pid, number);
    try {
      await link(draft, place);
      return place;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || number === MAX_PLACES) throw error;
    }
  }
}
