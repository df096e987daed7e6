import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const sourceMapSchema = z.object({ sources: z.array(z.string()) });

/**
 * What went into the bundles of an assembly, by their source maps: files, relative to the project, with the package.json
 * of each package among them. Some packages have source maps of their own, which name files that are not there: of
 * those it is the whole package.
 */
export function bundledInputs(projectFolder: string, assemblyFolder: string): string[] {
  const maps = readdirSync(assemblyFolder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.map'),
  );
  const sources = new Set(maps.flatMap((map) => sourcesOf(path.join(assemblyFolder, map))));
  const inputs = new Set<string>();
  for (const source of sources) {
    const name = path.relative(projectFolder, source).split(path.sep).join('/');
    const folder = packageOf(name);
    if (folder !== undefined) inputs.add(`${folder}/package.json`);
    inputs.add(folder !== undefined && !isFile(source) ? folder : name);
  }
  return [...inputs];
}

function sourcesOf(map: string): string[] {
  const { sources } = sourceMapSchema.parse(JSON.parse(readFileSync(map, 'utf8')));
  return sources.map((source) => path.resolve(path.dirname(map), source));
}

/** The folder of the innermost package that a file is of: `node_modules/a/node_modules/@b/c`. */
function packageOf(name: string): string | undefined {
  return /^(.*\/)?node_modules\/(@[^/]+\/)?[^/]+/.exec(name)?.[0];
}

const isFile = (file: string) => statSync(file, { throwIfNoEntry: false })?.isFile() === true;
