import { readdirSync } from 'node:fs';
import path from 'node:path';
import { build, type Metafile } from 'esbuild';
import { bundleOptions, modelPackages } from '../cdk/bundle-options.ts';

/** Of this one a deployment may have its bundle without models. */
const WITHOUT_MODELS = 'api';

/** Bundles each function into a folder of its own, as the CDK does from the sources: `functions/<name>/index.mjs`. */
export async function bundleFunctions(root: string, dist: string): Promise<Metafile[]> {
  const bundle = async (names: readonly string[], suffix: string, external: string[]) => {
    const { banner, ...options } = bundleOptions;
    const { metafile } = await build({
      ...options,
      absWorkingDir: root,
      entryPoints: names.map((name) => ({
        in: `functions/${name}/handler.ts`,
        out: `${name}${suffix}/index`,
      })),
      outdir: path.join(dist, 'functions'),
      outExtension: { '.js': '.mjs' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      external,
      banner: { js: banner },
      sourcemap: true,
      metafile: true,
      logLevel: 'warning',
    });
    return metafile;
  };
  const names = readdirSync(path.join(root, 'functions'));
  return [await bundle(names, '', []), await bundle([WITHOUT_MODELS], '-without-models', modelPackages)];
}
