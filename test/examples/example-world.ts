import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { publishStack } from '../../local/discovery/index.ts';
import { temporaryFolder } from '../local/temporary-folder.ts';
import { localWorld } from '../support/local-world.ts';
import { safetyTimeouts } from '../support/safety-timeouts.ts';
import { openChat } from './open-chat.ts';

const execute = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
/** As the npm scripts of the examples start them. */
const fromSources = ['--import', './build/from-sources.ts'];

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A stack of this machine, found where the command line is told to look, and the examples on it. */
export async function exampleWorld() {
  await using resources = new AsyncDisposableStack();
  const { path: folder } = resources.use(await temporaryFolder({}));
  const world = resources.use(await localWorld({ tenant: 'shop' }));
  const file = path.join(folder, 'local.json');
  const caller = { tenant: 'shop', sub: 'ann' };
  resources.use(await publishStack(file, { ...world.stack, caller, staysUp: true }));
  const options = (localFile: string) => ({
    cwd: root,
    // As under npm: `npx` and `commitlane` are those of the project.
    env: {
      ...process.env,
      PATH: `${path.join(root, 'node_modules', '.bin')}${path.delimiter}${process.env['PATH'] ?? ''}`,
      COMMITLANE_LOCAL_FILE: localFile,
    },
    timeout: safetyTimeouts.conditionMs,
  });

  async function runOn(localFile: string, script: string, args: readonly string[]): Promise<Run> {
    const work = execute(process.execPath, [...fromSources, script, ...args], options(localFile));
    return work.then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }: Run) => ({ code, stdout, stderr }),
    );
  }

  const kept = resources.move();
  return {
    ...world,
    run: (script: string, ...args: readonly string[]) => runOn(file, script, args),
    runWithoutStack: (script: string, ...args: readonly string[]) =>
      runOn(path.join(folder, 'none.json'), script, args),
    openChat: (...args: readonly string[]) =>
      openChat([...fromSources, 'examples/chat-page/server.ts', ...args], options(file)),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

export type ExampleWorld = Awaited<ReturnType<typeof exampleWorld>>;
