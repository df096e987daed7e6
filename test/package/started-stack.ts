import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { InstalledPackage } from './installed-package.ts';

export interface StartedStack extends AsyncDisposable {
  readonly apiUrl: string;
  /** All that it has printed so far. */
  readonly printed: readonly string[];
}

/** `commitlane start` of the installed package, in its project, until it invites to try it. */
export async function startedStack(
  { folder }: InstalledPackage,
  ...options: readonly string[]
): Promise<StartedStack> {
  const command = path.join('node_modules', '.bin', 'commitlane');
  const child = spawn(process.execPath, [command, 'start', '--port', '0', ...options], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const printed: string[] = [];
  const end = async () => {
    child.kill('SIGINT');
    await ended;
  };
  const lines = createInterface({ input: child.stdout });
  let apiUrl: string | undefined;
  for await (const line of lines) {
    printed.push(line);
    apiUrl ??= /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (line === 'Ctrl-C stops.') break;
  }
  child.stdout.resume();
  if (apiUrl !== undefined && child.exitCode === null) return { apiUrl, printed, [Symbol.asyncDispose]: end };
  await end();
  throw new Error(`commitlane start has ended:\n${printed.join('\n')}`);
}
