import { copyFileSync, cpSync, existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';

/** In the built package, the functions' bundles are beside this code; in the repository there are none. */
const bundles = fileURLToPath(new URL('functions', import.meta.url));

interface BuiltFunction {
  /** The folder under `functions/`. */
  readonly folder: string;
  /** Put beside the bundle: name → where the file is now. Default none. */
  readonly files?: Readonly<Record<string, string>>;
  /** Whether it may call models. Default true. */
  readonly hasModels?: boolean;
}

/**
 * The code of a function that was bundled when the package was built: nobody who installs it needs the sources or esbuild.
 *
 * @returns undefined in the repository, where the CDK bundles the sources.
 */
export function builtCode({ folder, files = {}, hasModels = true }: BuiltFunction): Code | undefined {
  const bundle = path.join(bundles, hasModels ? folder : `${folder}-without-models`);
  if (!existsSync(bundle)) return undefined;
  if (Object.keys(files).length === 0) return Code.fromAsset(bundle);
  return Code.fromAsset(bundle, {
    // The asset is hashed with the files: a changed file is a changed function.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('not-used'),
      local: { tryBundle: (output) => copyAll(bundle, files, output) },
    },
  });
}

function copyAll(bundle: string, files: Readonly<Record<string, string>>, output: string): true {
  cpSync(bundle, output, { recursive: true });
  for (const [name, file] of Object.entries(files)) copyFileSync(file, path.join(output, name));
  return true;
}
