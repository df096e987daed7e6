import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';
import { entries } from './entries.ts';

const run = promisify(execFile);

/**
 * Bundles the types of the entries: the compiler declares all that they could reach, and what no entry shows is left out,
 * with the packages that it is made of.
 *
 * @throws what the compiler says of code that is wrong, or newer than Node 20.
 */
export async function bundleTypes(root: string, dist: string): Promise<void> {
  const declared = path.join(dist, '.types');
  try {
    await declare(root, declared);
    const input = Object.entries(entries).map(([name, file]) => [
      `${name}.d`,
      path.join(declared, file.replace(/\.ts$/, '.d.ts')),
    ]);
    await using bundle = await rolldown({
      input: Object.fromEntries(input),
      external: /^[^./]/,
      // Nothing is imported for what it does: a schema that no type needs takes its package along.
      treeshake: { moduleSideEffects: false },
      plugins: [dts({ dtsInput: true, emitDtsOnly: true, tsconfig: false })],
    });
    await bundle.write({ dir: dist, chunkFileNames: 'shared/[name].ts' });
  } finally {
    await rm(declared, { recursive: true, force: true });
  }
}

async function declare(root: string, folder: string): Promise<void> {
  const tsc = path.join(root, 'node_modules', '.bin', 'tsc');
  await run(tsc, ['-p', 'tsconfig.build.json', '--outDir', folder], { cwd: root }).catch(
    (error: Error & { stdout: string }) => {
      throw new Error(`The types of the package cannot be built:\n${error.stdout}`, { cause: error });
    },
  );
}
