import path from 'node:path';
import { build, type Metafile } from 'esbuild';
import { bundleOptions } from '../cdk/bundle-options.ts';

/**
 * Bundles the command with all that it needs, so that whoever installs the package for one of its entries gets no other
 * packages with it. What a command loads when it needs it stays in files of its own.
 */
export async function bundleCommand(root: string, dist: string): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['cli/main.ts'],
    outdir: path.join(dist, 'cli'),
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    mainFields: bundleOptions.mainFields,
    banner: { js: bundleOptions.banner },
    minify: true,
    keepNames: true,
    metafile: true,
    logLevel: 'warning',
  });
  return metafile;
}
