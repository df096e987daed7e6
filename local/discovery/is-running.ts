import { mayRun } from '../process-identity.ts';
import { parseDocument } from './discovery-document.ts';
import type { FoundStack } from './find-stack.ts';
import { readIfThere } from './remove-document.ts';

/** Whether a stack that was found still says where it is, and its process has not been killed. */
export async function isRunning({ file, ...found }: FoundStack): Promise<boolean> {
  const document = parseDocument((await readIfThere(file)) ?? '');
  return document?.apiUrl === found.apiUrl && document.pid === found.pid && mayRun(document);
}
