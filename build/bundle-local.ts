import { cp, mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';
import { bundleOptions } from '../cdk/bundle-options.ts';
import { synthesiseConstruct, writeStackFile } from '../local/packaged/index.ts';
import { temporaryBuildFolder } from './temporary-build-folder.ts';

/** What fauxqs does not export: `local/emulators/queues` imports these files by their addresses. */
const fauxqsFiles = ['persistence', 'sqs/sqsStore', 'sns/snsStore', 's3/s3Store'];

/** Written in C++, so in no bundle; only `--data` needs it. */
const STORE_ON_DISK = 'classic-level';

/** What CommonJS packages know of themselves: wasmoon finds its `glue.wasm` by it. */
const OWN_PLACE = 'const { filename: __filename, dirname: __dirname } = import.meta;';

/**
 * Bundles the stack of this machine, with its emulators, and writes down the stack that it runs. It needs the Node of the
 * functions, which run in it.
 */
export async function bundleLocal(root: string, dist: string): Promise<Metafile> {
  const folder = path.join(dist, 'local');
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [
      { in: 'local/start-packaged.ts', out: 'start' },
      { in: 'local/lambda/environment-thread.ts', out: 'environment-thread' },
      ...fauxqsFiles.map((file) => ({
        in: `node_modules/fauxqs/dist/${file}.js`,
        out: `fauxqs/${file}`,
      })),
    ],
    outdir: folder,
    bundle: true,
    splitting: true,
    platform: 'node',
    target: bundleOptions.target,
    format: 'esm',
    mainFields: bundleOptions.mainFields,
    external: ['aws-cdk-lib', STORE_ON_DISK],
    define: { 'import.meta.resolve': 'addressInBundle' },
    inject: ['build/address-in-bundle.ts'],
    plugins: [storeOnDiskWhenNeeded, namedFiles],
    banner: { js: `${bundleOptions.banner} ${OWN_PLACE}` },
    minify: true,
    keepNames: true,
    metafile: true,
    logLevel: 'warning',
  });
  await cp(path.join(root, 'node_modules/wasmoon/dist/glue.wasm'), path.join(folder, 'glue.wasm'));
  await copySamples(path.join(root, 'events', 'conversations'), path.join(folder, 'conversations'));
  await writeStack(dist);
  return metafile;
}

/** dynalite loads the store on disk whether it needs it or not. */
const storeOnDiskWhenNeeded: Plugin = {
  name: 'store-on-disk-when-needed',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules\/level\/index\.js$/ }, () => ({
      contents: `
        exports.Level = class {
          constructor(...options) {
            try {
              return new (require('${STORE_ON_DISK}').ClassicLevel)(...options);
            } catch (cause) {
              if (cause.code !== 'MODULE_NOT_FOUND') throw cause;
              throw new Error('Data are kept on disk by a package that is not installed: run npm install ${STORE_ON_DISK}, and start again.', { cause });
            }
          }
        };`,
      loader: 'js',
    }));
  },
};

/** dynalite names files of its own without their extension, which a bundler takes for other names. */
const namedFiles: Plugin = {
  name: 'named-files',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules\/dynalite\/index\.js$/ }, async ({ path: file }) => {
      const code = await readFile(file, 'utf8');
      return {
        contents: code.replace(/require\(('\.\/\w+\/' \+ \w+)\)/g, "require($1 + '.js')"),
        loader: 'js',
      };
    });
  },
};

async function copySamples(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  const names = (await readdir(from)).filter((name) => name.endsWith('.jsonl'));
  await Promise.all(names.map((name) => cp(path.join(from, name), path.join(to, name))));
}

/** From the bundles of the construct and of the functions, as in the projects of those who install the package. */
async function writeStack(dist: string): Promise<void> {
  await using folder = await temporaryBuildFolder();
  const address = pathToFileURL(`${dist}/`);
  await writeStackFile(address, await synthesiseConstruct(address, folder.path, {}));
}
