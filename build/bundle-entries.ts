import { build } from 'esbuild';
import { entries } from './entries.ts';

/**
 * Bundles the entries, each by itself: in a file that two share, one would find what only the other needs. Packages stay
 * outside.
 */
export async function bundleEntries(root: string, dist: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: dist,
    bundle: true,
    packages: 'external',
    platform: 'neutral',
    external: ['node:*'],
    target: ['es2022', 'node20', 'safari16'],
    format: 'esm',
    sourcemap: true,
    logLevel: 'warning',
  });
}
