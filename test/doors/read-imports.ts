import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';

const project = fileURLToPath(new URL('../..', import.meta.url));

export interface Import {
  /** Both from the project's folder on, such as `lib/queue/index.ts`. */
  readonly from: string;
  readonly to: string;
}

/** Every import of one file by another in these folders, of types and of values, when loaded and later. */
export async function readImports(
  folders: readonly string[],
): Promise<{ readonly files: ReadonlySet<string>; readonly imports: readonly Import[] }> {
  const files = new Set<string>();
  for await (const file of glob(`{${folders.join(',')}}/**/*.ts`, { cwd: project })) files.add(file);
  const imports: Import[] = [];
  for (const from of files) {
    const source = await readFile(path.join(project, from), 'utf8');
    for (const specifier of specifiersIn(from, source)) {
      const to = path.join(path.dirname(from), specifier);
      if (files.has(to)) imports.push({ from, to });
    }
  }
  return { files, imports };
}

function specifiersIn(name: string, source: string): string[] {
  const { staticImports, staticExports, dynamicImports } = parseSync(name, source).module;
  return [
    ...staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
    // What is loaded later is named by a literal, quotes and all.
    ...dynamicImports.map(({ moduleRequest: { start, end } }) => source.slice(start + 1, end - 1)),
  ].filter((specifier) => specifier.startsWith('.'));
}
