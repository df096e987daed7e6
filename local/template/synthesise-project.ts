import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AssemblyCache, assemblyCache } from './assembly-cache.ts';
import { bundledInputs } from './bundled-inputs.ts';
import { fingerprint, sha256 } from './fingerprint.ts';
import { projectContext } from './project-context.ts';
import { type Assembly, readAssembly, synthesise } from './synthesise.ts';

export interface ProjectSynthesis {
  /** Default: this project. */
  readonly projectFolder?: string;
  /** CDK context on top of what cdk.json has. */
  readonly context?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Told when it has to be synthesized, which takes 5 to 30 s. */
  readonly onMiss?: () => void;
  /** Told why an assembly could not be kept, or read: it costs time, and nothing else. */
  readonly onCacheError?: (error: unknown) => void;
}

/** The sources of a stack, and what says how they are built and which packages there are; beside them, a file that a setting names. */
const SOURCES = [
  'cdk',
  'functions',
  'lib',
  'cdk.json',
  'package.json',
  'package-lock.json',
  'node_modules/.package-lock.json',
  'tsconfig.json',
];
const FILE_SETTING = 'commitlane:extraction';
const CACHE = path.join('node_modules', '.cache', 'commitlane', 'assemblies');

/**
 * The assembly of a project, in a folder of its own, so that several stacks can start side by side. It is synthesized
 * only if it was not before from the very same content: sources, settings, installed packages, and each file of a
 * package that is in a bundle.
 *
 * @throws SynthesisError with what the app said; the signal's reason. The folder is gone then, as it is when the
 * assembly is disposed of.
 */
export async function synthesiseProject({
  projectFolder = fileURLToPath(new URL('../..', import.meta.url)),
  context = {},
  signal,
  onMiss = () => undefined,
  onCacheError = () => undefined,
}: ProjectSynthesis = {}): Promise<Assembly & AsyncDisposable> {
  await using resources = new AsyncDisposableStack();
  const parent = await mkdtemp(path.join(tmpdir(), 'commitlane-'));
  resources.defer(() => rm(parent, { recursive: true, force: true }));
  const outputFolder = path.join(parent, 'assembly');
  const whole = await projectContext(projectFolder, context);
  const cache = assemblyCache(path.join(projectFolder, CACHE), projectFolder);
  const key = keyOf(projectFolder, whole);
  if (!(await isLoaded(cache, key, outputFolder, onCacheError))) {
    onMiss();
    await rm(outputFolder, { recursive: true, force: true });
    await synthesise({ projectFolder, outputFolder, context: whole, ...(signal && { signal }) });
    // Sources that were changed meanwhile may be in it or not.
    if (keyOf(projectFolder, whole) === key)
      await keep(cache, key, { projectFolder, outputFolder }, onCacheError);
  }
  const assembly = await readAssembly(outputFolder);
  const kept = resources.move();
  return { ...assembly, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

function keyOf(projectFolder: string, context: Readonly<Record<string, unknown>>): string {
  const settings = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  const named = context[FILE_SETTING];
  const files =
    typeof named === 'string' ? [path.relative(projectFolder, path.resolve(projectFolder, named))] : [];
  return sha256(
    JSON.stringify([process.version, settings, fingerprint(projectFolder, [...SOURCES, ...files])]),
  );
}

async function isLoaded(
  cache: AssemblyCache,
  key: string,
  outputFolder: string,
  onCacheError: (error: unknown) => void,
): Promise<boolean> {
  try {
    return await cache.load(key, outputFolder);
  } catch (error) {
    onCacheError(error);
    return false;
  }
}

async function keep(
  cache: AssemblyCache,
  key: string,
  { projectFolder, outputFolder }: { readonly projectFolder: string; readonly outputFolder: string },
  onCacheError: (error: unknown) => void,
): Promise<void> {
  try {
    await cache.store(key, outputFolder, bundledInputs(projectFolder, outputFolder));
  } catch (error) {
    onCacheError(error);
  }
}
