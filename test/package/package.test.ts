import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { cp, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { build } from 'esbuild';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { z } from 'zod';
import { commitlaneClient } from '../../lib/client/index.ts';
import { publishStack } from '../../local/discovery/index.ts';
import { synthesiseProject } from '../../local/template/synthesise-project.ts';
import manifest from '../../package.json' with { type: 'json' };
import { openChat } from '../examples/open-chat.ts';
import { localWorld } from '../support/local-world.ts';
import { node20 } from '../support/node-20.ts';
import { safetyTimeouts } from '../support/safety-timeouts.ts';
import { type InstalledPackage, installedPackage } from './installed-package.ts';
import { agentTypes, browserTypes, remembers, serverTypes, usesConstruct, usesEntries } from './programs.ts';
import { startedStack } from './started-stack.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const KILOBYTE = 1_000;
/** What the server of the chat page tells its page. */
const accessSchema = z.object({ apiUrl: z.url(), token: z.string() });

let installed: InstalledPackage;
beforeAll(async () => {
  installed = await installedPackage();
});
afterAll(() => installed?.[Symbol.asyncDispose]());

const inPackage = (...names: string[]) => path.join(installed.folder, 'node_modules', 'commitlane', ...names);

/** An entry as a bundler takes it, without what its user has anyway. */
async function bundled(entry: string, external: readonly string[], platform: 'browser' | 'node') {
  const { metafile, outputFiles } = await build({
    absWorkingDir: installed.folder,
    stdin: { contents: `export * from 'commitlane/${entry}';`, resolveDir: installed.folder },
    bundle: true,
    minify: true,
    format: 'esm',
    platform,
    external: [...external],
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const packages = Object.keys(metafile.inputs).flatMap(
    (file) => /node_modules\/((@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? [],
  );
  return {
    packages: [...new Set(packages)].sort(),
    gzipBytes: gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).byteLength,
  };
}

/** The sizes that the README states, in KB: entry → size. */
async function statedSizes(): Promise<ReadonlyMap<string, number>> {
  const readme = await readFile(path.join(root, 'README.md'), 'utf8');
  const rows = [...readme.matchAll(/^\| `commitlane(?:\/([\w-]+))?` \|.* (\d+(?:\.\d+)?) (KB|MB)/gm)];
  return new Map(
    rows.map(([, entry = 'package', size, unit]) => [entry, Number(size) * (unit === 'MB' ? 1_000 : 1)]),
  );
}

/** A size that is stated is no less than what is measured, and not much more. */
async function expectStated(entry: string, bytes: number): Promise<void> {
  const stated = (await statedSizes()).get(entry) ?? 0;
  expect(bytes / KILOBYTE, `README.md says ${stated} KB of ${entry}`).toBeLessThanOrEqual(stated);
  expect(bytes / KILOBYTE, `README.md says ${stated} KB of ${entry}`).toBeGreaterThan(stated * 0.75);
}

const engines: readonly [string, () => Promise<string>][] = [
  ['Node 24', async () => process.execPath],
  ['Node 20', node20],
];

describe('the package', () => {
  it('brings no package with it but the library of schemas', () => {
    expect(installed.packages).toEqual(['commitlane', 'zod']);
  });

  it('holds what is built, and no sources but those of the examples', async () => {
    const files = (await readdir(inPackage(), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(inPackage(), path.join(entry.parentPath, entry.name)));
    const others = files.filter((name) => !/^(dist|examples)\//.test(name));
    expect(others.sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'cli/commitlane.js',
      'package.json',
    ]);
    expect(files.filter((name) => /(?<!\.d)\.ts$/.test(name) && !name.startsWith('examples/'))).toEqual([]);
    const besides = ['dist/THIRD-PARTY-LICENSES.txt', 'dist/assets/style.css', 'dist/assets/icon.svg'];
    expect(files).toEqual(expect.arrayContaining(besides));
  });

  it('is no larger than README.md says', async () => {
    await expectStated('package', (await stat(installed.tarball)).size);
  });

  it('is exported as publint demands', async () => {
    const { messages, pkg } = await publint({ pkgDir: inPackage(), strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it('has types that are right for every resolution of ES modules', async () => {
    const tarball = await buffer(createReadStream(installed.tarball));
    const analysis = await checkPackage(createPackageFromTarballData(tarball));
    const problems = 'problems' in analysis ? analysis.problems : [{ kind: 'there are no types' }];
    // It is of ES modules only, and has entries, which the resolution of Node 10 does not know.
    const isExpected = (problem: object) =>
      ('resolutionKind' in problem && problem.resolutionKind === 'node10') ||
      ('kind' in problem && problem.kind === 'CJSResolvesToESM');
    expect(problems.filter((problem) => !isExpected(problem))).toEqual([]);
  });
});

describe('its types', () => {
  const strict = [
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    'false',
    '--module',
    'nodenext',
    '--target',
    'es2022',
  ];
  const tsc = path.join(root, 'node_modules', '.bin', 'tsc');

  it('are all that a browser needs, which has no types of Node', async () => {
    await installed.write('browser.ts', browserTypes);
    const libraries = ['--lib', 'es2022,dom,dom.asynciterable', '--types', ''];
    expect(await installed.run(tsc, ...strict, ...libraries, 'browser.ts')).toBe('');
  });

  it('are right beside those of its peers', async () => {
    await installed.write('server.ts', serverTypes);
    const libraries = ['--lib', 'es2022,esnext.disposable', '--types', 'node'];
    expect(await installed.run(tsc, ...strict, ...libraries, 'server.ts')).toBe('');
  });

  it('are right beside those of frameworks', async () => {
    await installed.write('agents.ts', agentTypes);
    // The types of the frameworks name those of pages, and of packages that are not everybody's.
    const libraries = [
      '--skipLibCheck',
      '--lib',
      'es2023,dom,dom.asynciterable,esnext.disposable',
      '--types',
      'node',
    ];
    expect(await installed.run(tsc, ...strict, ...libraries, 'agents.ts')).toBe('');
  });
});

/** The examples of the README that import the package, with what stands around them. */
async function examples(): Promise<string> {
  const readme = await readFile(path.join(root, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);
  const lines = blocks.join('\n').split('\n');
  const isImport = (line: string) => line.startsWith('import ');
  return [
    "import { Stack } from 'aws-cdk-lib';",
    "import type { Function as Worker } from 'aws-cdk-lib/aws-lambda';",
    ...lines.filter(isImport),
    'export async function examples(this: Stack, worker: Worker) {',
    ...lines
      .filter((line) => !isImport(line))
      .map((line) => line.replace('const { commitId }', 'var { commitId }')),
    '}',
  ].join('\n');
}

it('its README has examples that are right', async () => {
  await installed.write('examples.ts', await examples());
  const tsc = path.join(root, 'node_modules', '.bin', 'tsc');
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--types', 'node'];
  expect(await installed.run(tsc, ...options, '--lib', 'es2022,esnext.disposable', 'examples.ts')).toBe('');
});

it('each example of its adapters is right by itself', async () => {
  const page = await readFile(path.join(root, 'docs', 'adapters.md'), 'utf8');
  const blocks = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);
  expect(blocks.length).toBeGreaterThan(1);
  const names = blocks.map((_, index) => `adapter-${index + 1}.ts`);
  for (const [index, name] of names.entries()) await installed.write(name, blocks[index] ?? '');
  const tsc = path.join(root, 'node_modules', '.bin', 'tsc');
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--types', 'node'];
  // The types of the frameworks name those of pages, and of packages that are not everybody's.
  const others = ['--skipLibCheck', '--lib', 'es2022,dom,dom.iterable,dom.asynciterable,esnext.disposable'];
  expect(await installed.run(tsc, ...options, ...others, ...names)).toBe('');
});

/** A machine without Node 20 that is offline can run the other tests; CI must run them all. */
async function nodeOrSkip(nodeOf: () => Promise<string>, { skip }: TestContext): Promise<string> {
  return nodeOf().catch((error: Error) => {
    if (process.env['CI'] !== undefined) throw error;
    return skip(`There is no such Node here, and npm cannot install it: ${error.message}`);
  });
}

/** The command of the package, as a program starts it that speaks the Model Context Protocol. */
async function mcpAgent(node: string) {
  const client = new Client({ name: 'test', version: '1' });
  const transport = new StdioClientTransport({
    command: node,
    args: [inPackage('cli', 'commitlane.js'), 'mcp', '--url', 'http://127.0.0.1:9'],
    env: { COMMITLANE_TOKEN: 'token' },
  });
  await client.connect(transport, { timeout: safetyTimeouts.conditionMs });
  return { client, [Symbol.asyncDispose]: () => client.close() };
}

describe.each(engines)('on %s', (_name, nodeOf) => {
  it('every entry works', async (context) => {
    await installed.write('entries.mjs', usesEntries);
    expect(JSON.parse(await installed.run(await nodeOrSkip(nodeOf, context), 'entries.mjs'))).toEqual({
      chat: [],
      agent: null,
      client: 'function',
      usage: true,
      anthropic: [{ role: 'user', content: 'I prefer tea to coffee.' }],
      refused: true,
      items: [{ role: 'user', content: 'I prefer tea to coffee.' }],
      texts: ['I prefer tea to coffee.'],
      context: ['I prefer tea to coffee.'],
    });
  });

  it('the construct is synthesized beside other resources, from bundles and without esbuild', async (context) => {
    await installed.write('app.mjs', usesConstruct);
    await installed.write('extraction.json', '{"categories":{"order":"what they have ordered"}}');
    const out = path.join(installed.folder, `cdk.out-${_name.replace(' ', '-')}`);
    await installed.run(await nodeOrSkip(nodeOf, context), 'app.mjs', out);
    const { Resources, Outputs } = z
      .object({
        Resources: z.record(
          z.string(),
          z.object({ Type: z.string(), Metadata: z.record(z.string(), z.unknown()).optional() }),
        ),
        Outputs: z.record(z.string(), z.unknown()),
      })
      .parse(JSON.parse(await readFile(path.join(out, 'shop.template.json'), 'utf8')));
    expect(Resources).toHaveProperty(
      'Worker' +
        Object.keys(Resources)
          .find((id) => /^Worker[0-9A-F]{8}$/.test(id))
          ?.slice(6),
    );
    expect(Outputs).toHaveProperty('CommitlaneApiUrl');
    const assets = (await readdir(out)).filter((name) => name.startsWith('asset.'));
    const files = await Promise.all(
      assets.map(async (name) => (await readdir(path.join(out, name))).sort().join(' ')),
    );
    const plain = 'index.mjs index.mjs.map';
    const withExtraction = `extraction.json ${plain}`;
    expect(files.sort()).toEqual([withExtraction, withExtraction, plain, plain, plain]);
  });

  it('the command serves tools on standard input and output', async (context) => {
    await using agent = await mcpAgent(await nodeOrSkip(nodeOf, context));
    const { tools } = await agent.client.listTools();
    expect(tools.map(({ name }) => name)).toContain('read_context');
    expect(agent.client.getServerVersion()).toMatchObject({ name: 'commitlane', version: manifest.version });
  });

  it('the command runs', async (context) => {
    const command = path.join('node_modules', '.bin', 'commitlane');
    expect(await installed.run(await nodeOrSkip(nodeOf, context), command, '--help')).toContain(
      'Usage: commitlane',
    );
    const failure = installed.run(
      await nodeOrSkip(nodeOf, context),
      command,
      'sessions',
      'list',
      '--local',
      '--json',
    );
    await expect(failure).rejects.toThrow('no-local-stack');
  });
});

it('the command loads the Model Context Protocol only for the command that speaks it', async () => {
  const folder = inPackage('dist', 'cli');
  const atOnce = await filesOf(folder, 'main.js', /(?:\bfrom|\bimport)"\.\/([\w-]+\.js)"/g);
  const everAsked = await filesOf(folder, 'main.js', /(?:\bfrom|\bimport\(?)"\.\/([\w-]+\.js)"/g);
  const speaks = async (name: string) =>
    (await readFile(path.join(folder, name), 'utf8')).includes('io.modelcontextprotocol/');
  const speaking = async (names: ReadonlySet<string>) => {
    const all = await Promise.all([...names].map(async (name) => ((await speaks(name)) ? [name] : [])));
    return all.flat();
  };
  expect(atOnce.size).toBeGreaterThan(1);
  expect(await speaking(atOnce)).toEqual([]);
  expect(await speaking(everAsked)).not.toEqual([]);
});

/** A bundle and what it imports, and so on; the group of the pattern is the name of a file. */
async function filesOf(folder: string, first: string, imports: RegExp): Promise<ReadonlySet<string>> {
  const names = new Set([first]);
  for (const file of names) {
    const code = await readFile(path.join(folder, file), 'utf8');
    for (const [, name = ''] of code.matchAll(imports)) names.add(name);
  }
  return names;
}

it('the command of the package examines a stack of this machine', async () => {
  await using world = await localWorld();
  const file = path.join(installed.folder, 'local.json');
  const caller = { tenant: 'acme', sub: 'ann' };
  await using _published = await publishStack(file, { ...world.stack, caller, staysUp: true });
  const command = [process.execPath, path.join('node_modules', '.bin', 'commitlane')];
  const report = await installed.run(
    'env',
    `COMMITLANE_LOCAL_FILE=${file}`,
    ...command,
    'doctor',
    '--local',
    '--json',
  );
  const { checks } = z
    .object({ checks: z.array(z.object({ name: z.string(), status: z.string() })) })
    .parse(JSON.parse(report));
  expect(checks.length).toBeGreaterThan(5);
  expect(checks.filter(({ status }) => status === 'failed')).toEqual([]);
});

describe('the stack that the package starts on this machine', () => {
  const command = path.join('node_modules', '.bin', 'commitlane');

  it('remembers in a second session what the first said, with nothing else installed', async () => {
    await installed.write('conversation.jsonl', '{"role":"user","content":"Hello!"}');
    await installed.write('remembers.mjs', remembers);
    await using stack = await startedStack(installed, '--input', 'conversation.jsonl');
    const token = await installed.run(process.execPath, command, 'token', '--local', '--sub', 'ann');
    const context = await installed.run(process.execPath, 'remembers.mjs', stack.apiUrl, token.trim());
    expect(JSON.parse(context)).toEqual(['The user is allergic to hazelnuts.']);
  });

  it('is all that the examples need, which run as they are in a copy', async () => {
    await installed.write('conversation.jsonl', '{"role":"user","content":"Hello!"}');
    await using _stack = await startedStack(installed, '--input', 'conversation.jsonl');
    await cp(inPackage('examples'), path.join(installed.folder, 'examples'), { recursive: true });
    const example = (name: string, ...args: string[]) =>
      installed.run(process.execPath, path.join('examples', name), ...args);
    await example('node-agent/agent.ts', 'I am allergic to hazelnuts. Which cakes do you have?');
    await using chat = await openChat(['examples/chat-page/server.ts'], { cwd: installed.folder });
    const page = await (await fetch(`${chat.url}/commitlane-client.js`)).text();
    expect(page).toContain('commitlaneClient');
    const { apiUrl, token } = accessSchema.parse(await (await fetch(`${chat.url}/access`)).json());
    const client = commitlaneClient({ baseUrl: apiUrl, token });
    await client.createSession('later');
    await client.append('later', [{ role: 'user', content: 'What do you know about me?' }]);
    const { messages } = await client.getContextMessages('later');
    const answer = await fetch(`${chat.url}/answer`, { method: 'POST', body: JSON.stringify({ messages }) });
    expect(await answer.text()).toContain('You told me that you are allergic to hazelnuts.');
    expect(await example('back-end-worker/worker.ts', 'later')).toMatch(/^later key-\w+\n$/);
  });

  it('is in the app of the examples beside a resource of its own', async () => {
    const out = path.join(installed.folder, 'cdk.out-example');
    await cp(inPackage('examples'), path.join(installed.folder, 'examples'), { recursive: true });
    await installed.run('env', `CDK_OUTDIR=${out}`, process.execPath, 'examples/cdk-app/app.ts');
    const { Resources } = z
      .object({ Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.unknown() })) })
      .parse(JSON.parse(await readFile(path.join(out, 'shop.template.json'), 'utf8')));
    const worker = Object.values(Resources).find(({ Properties }) =>
      JSON.stringify(Properties).includes('"TENANT"'),
    );
    expect(worker?.Type).toBe('AWS::Lambda::Function');
    expect(JSON.stringify(Resources)).toContain('sqs:SendMessage');
    expect(Object.values(Resources).map(({ Type }) => Type)).toContain('AWS::ApiGatewayV2::Api');
  });

  it('keeps its data where it is told to, once the package that does so is there', async () => {
    await installed.write('conversation.jsonl', '{"role":"user","content":"Hello!"}');
    const once = ['start', '--once', '--input', 'conversation.jsonl', '--data', 'data'];
    const without = installed.run(process.execPath, command, ...once);
    await expect(without).rejects.toThrow('run npm install classic-level, and start again.');
    await installed.link('classic-level');
    expect(await installed.run(process.execPath, command, ...once)).toContain('All is well: 1 message');
    expect(await installed.run(process.execPath, command, ...once)).toContain('All is well: 1 message');
  });

  it('is synthesized anew with other settings', async () => {
    await installed.write('conversation.jsonl', '{"role":"user","content":"Hello!"}');
    const once = ['start', '--once', '--input', 'conversation.jsonl', '--lease', 'upstash'];
    expect(await installed.run(process.execPath, command, ...once)).toContain('All is well: 1 message');
  });

  it('needs the Node of its functions, and says so', async (context) => {
    const start = installed.run(await nodeOrSkip(node20, context), command, 'start');
    await expect(start).rejects.toThrow('commitlane start needs Node 24');
  });
});

describe('an entry in a bundle', () => {
  it.each(['client', 'messages'])(
    '%s brings nothing else into a page, and is as small as README.md says',
    async (entry) => {
      const { packages, gzipBytes } = await bundled(entry, [], 'browser');
      expect(packages).toEqual(['commitlane']);
      await expectStated(entry, gzipBytes);
    },
  );

  it.each([
    ['enqueue', ['@aws-sdk/client-sqs']],
    ['cdk', ['aws-cdk-lib', 'constructs']],
  ])('%s brings no package with it but its peers and the library of schemas', async (entry, peers) => {
    expect((await bundled(entry, peers, 'node')).packages).toEqual(['commitlane', 'zod']);
  });

  it.each([
    ['ai-sdk', ['ai']],
    ['openai-agents', ['@openai/agents']],
    ['langchain', ['@langchain/core']],
    ['langgraph', ['@langchain/core', '@langchain/langgraph']],
    ['strands', ['@strands-agents/sdk']],
  ])(
    '%s brings nothing else into a page or a server, and is as small as README.md says',
    async (entry, peers) => {
      const { packages, gzipBytes } = await bundled(entry, peers, 'browser');
      expect(packages).toEqual(['commitlane']);
      await expectStated(entry, gzipBytes);
    },
  );

  it('the client stays within 6 KB', async () => {
    expect((await bundled('client', [], 'browser')).gzipBytes).toBeLessThanOrEqual(6 * 1024);
  });
});

/** The digests of the bundles that the app deploys, with these settings. */
async function deployedBundles(context: Readonly<Record<string, string>> = {}): Promise<string[]> {
  await using assembly = await synthesiseProject({ context });
  return Promise.all(
    [...assembly.assetFolders.values()].map((folder) => sha256(path.join(folder, 'index.mjs'))),
  );
}

const sha256 = async (file: string) =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');

it('the functions in it are those that the app deploys, to the byte', async () => {
  const embedding = { 'commitlane:embeddingModel': 'bedrock:amazon.titan-embed-text-v2:0' };
  const deployed = [...(await deployedBundles()), ...(await deployedBundles(embedding))];
  const names = await readdir(inPackage('dist', 'functions'));
  const built = await Promise.all(
    names.map((name) => sha256(inPackage('dist', 'functions', name, 'index.mjs'))),
  );
  expect(built.sort()).toEqual([...new Set(deployed)].sort());
});
