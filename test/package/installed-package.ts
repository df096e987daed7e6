import { execFile } from 'node:child_process';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { temporaryFolder } from '../local/temporary-folder.ts';
import { safetyTimeouts } from '../support/safety-timeouts.ts';

const execute = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** What its users have of their own: linked from here, which spares the time to install them. */
const peers = [
  '@ai-sdk/openai-compatible',
  '@aws-sdk/client-sqs',
  '@langchain/core',
  '@langchain/langgraph',
  '@openai/agents',
  '@strands-agents/sdk',
  '@types/node',
  'ai',
  'aws-cdk-lib',
  'constructs',
];

export interface InstalledPackage extends AsyncDisposable {
  /** The project that it is installed in. */
  readonly folder: string;
  readonly tarball: string;
  /** The packages that came with it, before there was any other. */
  readonly packages: readonly string[];
  /** What a command that is run in the project prints. @throws when it fails, with what it said. */
  run(command: string, ...args: readonly string[]): Promise<string>;
  /** Has the project a package that is installed here. */
  link(name: string): Promise<void>;
  /** Writes a file into the project. */
  write(name: string, content: string): Promise<void>;
}

/** Builds and packs the package, and installs it into an empty project outside the repository. */
export async function installedPackage(): Promise<InstalledPackage> {
  await using resources = new AsyncDisposableStack();
  const { path: folder } = resources.use(
    await temporaryFolder({ 'package.json': '{"private":true,"type":"module"}' }),
  );
  async function run(command: string, ...args: readonly string[]): Promise<string> {
    const options = { cwd: folder, timeout: safetyTimeouts.conditionMs, maxBuffer: 64 * 1024 * 1024 };
    const { stdout } = await execute(command, args, options).catch((error: Error & { stdout: string }) => {
      throw new Error(`${error.message}\n${error.stdout}`, { cause: error });
    });
    return stdout;
  }
  await execute('npm', ['pack', '--pack-destination', folder], {
    cwd: root,
    timeout: safetyTimeouts.conditionMs,
  });
  const [tarball = ''] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
  await run('npm', 'install', '--prefer-offline', '--no-save', `./${tarball}`);
  const packages = (await readdir(path.join(folder, 'node_modules'))).filter((name) => !name.startsWith('.'));
  async function link(name: string): Promise<void> {
    const place = path.join(folder, 'node_modules', name);
    await mkdir(path.dirname(place), { recursive: true });
    await symlink(path.join(root, 'node_modules', name), place);
  }
  for (const name of peers) await link(name);
  const kept = resources.move();
  return {
    folder,
    tarball: path.join(folder, tarball),
    packages,
    run,
    link,
    write: (name, content) => writeFile(path.join(folder, name), content),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
