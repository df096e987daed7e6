import { readArchiveStatements, type ScopeKey, type Subject } from '../memory/index.ts';
import type { FollowUpRun } from './follow-up-run.ts';

/**
 * What an archive's statements are about now, and in which scope they are: the one that the session had at the extraction.
 *
 * @throws MemoryStoreUnavailableError, MemoryStoreRefusedError; ItemUnreadableError, ItemTooNewError; the signal's reason.
 */
export async function subjectsSaid(
  run: FollowUpRun,
): Promise<{ readonly scope: ScopeKey; readonly subjects: readonly Subject[] }> {
  const { key, meta, manifest, memories, lease, signal } = run;
  const { extraction } = manifest.followUp;
  const scope = {
    tenant: key.tenant,
    scope: (extraction?.outcome === 'done' ? extraction.scope : undefined) ?? meta.scope,
  };
  const archive = { session: key.session, archive: manifest.archive };
  const statements = await readArchiveStatements({ ...lease, memories, signal }, scope, archive);
  return { scope, subjects: statements };
}
