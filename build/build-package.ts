import { cp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleCommand } from './bundle-command.ts';
import { bundleEntries } from './bundle-entries.ts';
import { bundleFunctions } from './bundle-functions.ts';
import { bundleLocal } from './bundle-local.ts';
import { bundleTypes } from './bundle-types.ts';
import { noticesOf } from './notices-of.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = path.join(root, 'dist');

await rm(dist, { recursive: true, force: true });
await bundleTypes(root, dist);
await bundleEntries(root, dist);
const metafiles = [
  ...(await bundleFunctions(root, dist)),
  await bundleCommand(root, dist),
  await bundleLocal(root, dist),
];
await cp(path.join(root, 'console', 'assets'), path.join(dist, 'assets'), { recursive: true });
const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
await writeFile(path.join(dist, 'THIRD-PARTY-LICENSES.txt'), await noticesOf(root, inputs));
