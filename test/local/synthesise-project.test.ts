import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SynthesisError } from '../../local/errors.ts';
import { type ProjectSynthesis, synthesiseProject } from '../../local/template/synthesise-project.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Makes what the CDK would, of what `lib/told.txt` says and of the context; counts how often it has run. */
const app = `
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const out = process.env.CDK_OUTDIR;
mkdirSync(out + '/asset.c0de', { recursive: true });
const write = (name, value) => writeFileSync(out + '/' + name, JSON.stringify(value));
appendFileSync('runs', '.');
const told = readFileSync('lib/told.txt', 'utf8');
if (told === 'wrong') { console.error('told wrongly'); process.exit(1); }
write('manifest.json', { artifacts: { one: { type: 'aws:cloudformation:stack', properties: { templateFile: 'one.json' } } } });
write('one.json', { Resources: {}, told, context: JSON.parse(process.env.CDK_CONTEXT_JSON) });
write('one.assets.json', { files: { c0de: { source: { path: 'asset.c0de', packaging: 'zip' } } } });
writeFileSync(out + '/asset.c0de/index.mjs', 'export const handler = 1');
const from = (name) => '../'.repeat(20) + process.cwd().slice(1) + '/' + name;
write('asset.c0de/index.mjs.map', { sources: [from('node_modules/dep/index.js'), from('node_modules/mapped/src/gone.ts')] });
`;

async function project() {
  const folder = await temporaryFolder({
    'cdk.json': JSON.stringify({ app: 'node app.mjs' }),
    'app.mjs': app,
    runs: '',
  });
  const file = (name: string) => path.join(folder.path, name);
  const write = async (name: string, text: string) => {
    await mkdir(path.dirname(file(name)), { recursive: true });
    await writeFile(file(name), text);
  };
  await write('lib/told.txt', 'first');
  await write('cdk/stack.ts', '');
  await write('node_modules/dep/package.json', '{"version":"1.0.0"}');
  await write('node_modules/dep/index.js', 'one');
  await write('node_modules/mapped/package.json', '{}');
  await write('node_modules/mapped/index.js', 'one');
  const cache = file('node_modules/.cache/commitlane/assemblies');
  const errors: unknown[] = [];
  return {
    file,
    write,
    errors,
    cache,
    entries: async () => (await readdir(cache)).map((name) => path.join(cache, name)),
    runs: async () => (await readFile(file('runs'), 'utf8')).length,
    synthesise: (more: ProjectSynthesis = {}) =>
      synthesiseProject({ projectFolder: folder.path, onCacheError: (error) => errors.push(error), ...more }),
    async template(more: ProjectSynthesis = {}) {
      await using assembly = await this.synthesise(more);
      return assembly.template as unknown as { told: string; context: Record<string, string> };
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

describe('a project that has not changed', () => {
  it('is synthesized once, and its code is in a folder of each', async () => {
    await using p = await project();
    let misses = 0;
    const onMiss = () => {
      misses += 1;
    };
    await using first = await p.synthesise({ onMiss });
    await using second = await p.synthesise({ onMiss });
    expect(misses).toBe(1);
    expect(await p.runs()).toBe(1);
    expect(second.template).toEqual(first.template);
    const [one, other] = [first, second].map(({ assetFolders }) => assetFolders.get('c0de') ?? '');
    expect(one).not.toBe(other);
    expect(await readFile(path.join(other ?? '', 'index.mjs'), 'utf8')).toBe('export const handler = 1');
    expect(p.errors).toEqual([]);
  });

  it('leaves nothing in the folder of temporary files', async () => {
    await using p = await project();
    const assembly = await p.synthesise();
    const folder = path.dirname(assembly.assetFolders.get('c0de') ?? '');
    await assembly[Symbol.asyncDispose]();
    await expect(stat(folder)).rejects.toThrow('ENOENT');
  });

  it('may be synthesized by many at the same time', async () => {
    await using p = await project();
    const told = await Promise.all(Array.from({ length: 6 }, async () => (await p.template()).told));
    expect(new Set(told)).toEqual(new Set(['first']));
    const before = await p.runs();
    await p.template();
    expect(await p.runs()).toBe(before);
    expect(await p.entries()).toHaveLength(1);
    expect(p.errors).toEqual([]);
  });
});

describe('a project is synthesized again', () => {
  const changes: Readonly<Record<string, (p: Awaited<ReturnType<typeof project>>) => Promise<unknown>>> = {
    'when a source was changed': (p) => p.write('lib/told.txt', 'second'),
    'when a source was added': (p) => p.write('functions/new/handler.ts', ''),
    'when a source was removed': (p) => rm(p.file('cdk/stack.ts')),
    'when a source was renamed': async (p) => {
      await rm(p.file('cdk/stack.ts'));
      await p.write('cdk/other.ts', '');
    },
    'when a package is another version': (p) => p.write('node_modules/.package-lock.json', '{"v":2}'),
    'when the lock file was changed': (p) => p.write('package-lock.json', '{}'),
    'when the settings of the compiler were changed': (p) => p.write('tsconfig.json', '{}'),
    'when a file of a package was changed by hand': (p) => p.write('node_modules/dep/index.js', 'two'),
    'when a file of a package was removed': (p) => rm(p.file('node_modules/dep/index.js')),
    'when a file was changed of a package that has source maps of its own': (p) =>
      p.write('node_modules/mapped/index.js', 'two'),
    'when a package says otherwise where it begins': (p) =>
      p.write('node_modules/dep/package.json', '{"main":"other.js"}'),
    'when cdk.json says otherwise': (p) =>
      p.write('cdk.json', JSON.stringify({ app: 'node app.mjs', context: { 'commitlane:stage': 'blue' } })),
  };
  it.each(Object.entries(changes))('%s', async (_when, change) => {
    await using p = await project();
    await p.template();
    await change(p);
    await p.template();
    expect(await p.runs()).toBe(2);
    await p.template();
    expect(await p.runs()).toBe(2);
  });

  it('when the file was changed that says what is to be extracted, wherever it is', async () => {
    await using p = await project();
    await using elsewhere = await temporaryFolder({ 'own.json': '1' });
    const far = path.join(elsewhere.path, 'own.json');
    await p.write('own.json', '1');
    for (const [name, file] of [
      ['own.json', p.file('own.json')],
      [far, far],
    ] as const) {
      const before = await p.runs();
      const context = { 'commitlane:extraction': name };
      await p.template({ context });
      await p.template({ context });
      expect(await p.runs()).toBe(before + 1);
      await writeFile(file, '2');
      await p.template({ context });
      expect(await p.runs()).toBe(before + 2);
    }
  });

  it('for other settings, and not for the same ones in another order', async () => {
    await using p = await project();
    await p.template({ context: { a: '1', b: '2' } });
    await p.template({ context: { b: '2', a: '1' } });
    expect(await p.runs()).toBe(1);
    expect((await p.template({ context: { a: '1', b: '3' } })).context).toMatchObject({ b: '3' });
    expect(await p.runs()).toBe(2);
  });

  const damages: Readonly<Record<string, (entry: string) => Promise<unknown>>> = {
    'has lost a file': (entry) => rm(path.join(entry, 'assembly/one.json')),
    'has another file': (entry) => writeFile(path.join(entry, 'assembly/more.json'), '{}'),
    'was cut short': (entry) => writeFile(path.join(entry, 'assembly/asset.c0de/index.mjs'), 'export'),
    'has no list': (entry) => rm(path.join(entry, 'entry.json')),
    'has a damaged list': (entry) => writeFile(path.join(entry, 'entry.json'), '{"inputs":'),
    'has a list of something else': (entry) => writeFile(path.join(entry, 'entry.json'), '[]'),
    'is empty': async (entry) => {
      await rm(entry, { recursive: true });
      await mkdir(entry);
    },
  };
  it.each(Object.entries(damages))('when what was kept %s', async (_what, damage) => {
    await using p = await project();
    await p.template();
    for (const entry of await p.entries()) await damage(entry);
    expect((await p.template()).told).toBe('first');
    expect(await p.runs()).toBe(2);
    await p.template();
    expect(await p.runs()).toBe(2);
  });

  it('each time where nothing can be kept, which is told', async () => {
    await using p = await project();
    await p.write('node_modules/.cache', 'a file');
    expect((await p.template()).told).toBe('first');
    expect((await p.template()).told).toBe('first');
    expect(await p.runs()).toBe(2);
    expect(p.errors).not.toEqual([]);
  });
});

describe('what is kept', () => {
  it('is what was used last, and not more than six', async () => {
    await using p = await project();
    for (let index = 0; index < 8; index += 1) {
      await p.template({ context: { index: String(index) } });
      // Entries are told apart by the time of their last use, which the file system may keep coarsely.
      for (const entry of await p.entries()) {
        const { mtimeMs } = await stat(entry);
        await utimes(entry, (mtimeMs - 60_000) / 1000, (mtimeMs - 60_000) / 1000);
      }
    }
    expect(await p.entries()).toHaveLength(6);
    const before = await p.runs();
    await p.template({ context: { index: '7' } });
    expect(await p.runs()).toBe(before);
  });

  it('is nothing of a synthesis that failed', async () => {
    await using p = await project();
    await p.write('lib/told.txt', 'wrong');
    await expect(p.template()).rejects.toThrow(SynthesisError);
    await expect(p.template()).rejects.toThrow('told wrongly');
  });
});

describe('the settings of cdk.json', () => {
  it('hold here as for a deployment, but for token issuer, models and Redis, and give way to what is given', async () => {
    await using p = await project();
    const deployed = {
      'commitlane:corsOrigins': 'https://chat.example',
      'commitlane:stage': 'prod',
      'commitlane:auth': 'iam',
      'commitlane:model': 'bedrock:x',
      'commitlane:modelUrl': 'https://models.example',
      'commitlane:embeddingModel': 'bedrock:y',
      'commitlane:embeddingDimensions': '1024',
      'commitlane:leaseStore': 'upstash',
      'commitlane:upstashUrl': 'https://redis.example',
    };
    await p.write('cdk.json', JSON.stringify({ app: 'node app.mjs', context: deployed }));
    const { context } = await p.template({ context: { 'commitlane:stage': 'blue' } });
    expect(context).toEqual({
      'commitlane:corsOrigins': 'https://chat.example',
      'commitlane:stage': 'blue',
      'commitlane:model': 'offline',
    });
  });

  it.each(['{', '[]', '{"app":1}', '{"app":"node","context":[]}'])(
    'are refused where they are none: %s',
    async (text) => {
      await using p = await project();
      await p.write('cdk.json', text);
      await expect(p.template()).rejects.toThrow(/cdk\.json cannot be used/);
    },
  );
});
