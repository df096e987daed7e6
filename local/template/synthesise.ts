import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { SynthesisError } from '../errors.ts';
import type { Template } from './template.ts';

const run = promisify(execFile);
/** Ends one that hangs; it takes seconds, and minutes on a machine that is busy. */
const TIMEOUT_MS = 15 * 60_000;

/** A synthesized stack: its template, and where the bundled code of each asset is. */
export interface Assembly {
  readonly stackName: string;
  readonly template: Template;
  /** Asset hash → folder. */
  readonly assetFolders: ReadonlyMap<string, string>;
}

/**
 * Runs the CDK app, as cdk.json says how, and reads what it made. Needs no AWS account and no Docker.
 *
 * @param options.outputFolder where the assembly goes; made anew.
 * @param options.context CDK context on top of what cdk.json has.
 * @param options.signal ends it.
 * @throws SynthesisError with what the app said; the signal's reason.
 */
export async function synthesise(options: {
  readonly projectFolder: string;
  readonly outputFolder: string;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
}): Promise<Assembly> {
  const { projectFolder, outputFolder, context = {}, signal } = options;
  const { app } = JSON.parse(await readFile(path.join(projectFolder, 'cdk.json'), 'utf8')) as { app: string };
  try {
    await run('/bin/sh', ['-c', app], {
      cwd: projectFolder,
      timeout: TIMEOUT_MS,
      ...(signal && { signal }),
      env: {
        ...process.env,
        PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env['PATH'] ?? ''}`,
        CDK_OUTDIR: outputFolder,
        CDK_CONTEXT_JSON: JSON.stringify(context),
      },
    });
  } catch (error) {
    signal?.throwIfAborted();
    const { stderr = '', message } = error as Error & { stderr?: string };
    throw new SynthesisError(`The CDK app did not synthesize:\n${stderr.trim() || message}`, {
      cause: error,
    });
  }
  return readAssembly(outputFolder);
}

/** Reads the assembly of an app with one stack. @throws SynthesisError */
export async function readAssembly(folder: string): Promise<Assembly> {
  const { artifacts } = await readJson<{
    artifacts: Record<string, { type: string; properties?: { templateFile?: string } }>;
  }>(path.join(folder, 'manifest.json'));
  const stacks = Object.entries(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  const [[stackName, stack] = ['', undefined], ...others] = stacks;
  if (!stack?.properties?.templateFile || others.length > 0) {
    throw new SynthesisError(`The CDK app must make one stack; it made ${stacks.length}.`);
  }
  const { files } = await readJson<{
    files: Record<string, { source: { path: string; packaging: string } }>;
  }>(path.join(folder, `${stackName}.assets.json`));
  return {
    stackName,
    template: await readJson<Template>(path.join(folder, stack.properties.templateFile)),
    assetFolders: new Map(
      Object.entries(files)
        .filter(([, { source }]) => source.packaging === 'zip')
        .map(([hash, { source }]) => [hash, path.join(folder, source.path)]),
    ),
  };
}

async function readJson<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(file, 'utf8')) as T;
}
