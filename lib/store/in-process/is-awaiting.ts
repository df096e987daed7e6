import type { Manifest } from '../../archive/index.ts';
import type { ArchiveState } from '../../memory/index.ts';

/** Whether an archive is there, and awaits this. */
export function isAwaiting(manifest: Manifest | undefined, awaits: ArchiveState['awaits']): boolean {
  if (!manifest) return false;
  if (awaits === 'merge') return manifest.followUp.merge === undefined;
  return manifest.followUp.again?.id === awaits.extractionId;
}
