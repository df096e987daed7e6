import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { DiscoveryDocument } from './discovery-document.ts';

/** A running stack, as others need to know it. */
export type PublishedStack = Pick<DiscoveryDocument, 'stackName' | 'apiUrl' | 'endpoints' | 'outputs'>;

/**
 * Writes where a stack of this process is, and removes that again when it is disposed of, unless another stack has
 * written there since.
 *
 * @throws what the file system throws.
 */
export async function publishStack(file: string, stack: PublishedStack): Promise<AsyncDisposable> {
  const { stackName, apiUrl, endpoints, outputs } = stack;
  const startedAtMs = Math.round(performance.timeOrigin);
  const document: DiscoveryDocument = {
    pid: process.pid,
    startedAtMs,
    stackName,
    apiUrl,
    endpoints,
    outputs,
  };
  const text = JSON.stringify(document, undefined, 2);
  await mkdir(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, text, { mode: 0o600 });
  await rename(draft, file);
  return {
    async [Symbol.asyncDispose]() {
      if ((await readIfThere(file)) === text) await rm(file, { force: true });
    },
  };
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
