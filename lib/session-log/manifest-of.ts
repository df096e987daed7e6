import type { ManifestExcerpt } from '../archive/index.ts';
import { readAllManifests } from '../store/index.ts';
import { OvertakenError } from './errors.ts';
import type { LogSource } from './log-read.ts';

/** What an archive consists of. @throws OvertakenError when it is not there any more, StoreUnavailableError. */
export async function manifestOf(
  { store, key, patience }: LogSource,
  archive: number,
): Promise<ManifestExcerpt<'chunks'>> {
  const [manifest] = await readAllManifests(store, key, [archive], ['chunks'], patience);
  if (!manifest) throw new OvertakenError();
  return manifest;
}
