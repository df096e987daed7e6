import type { ArchivedRecord } from '../../../lib/archive/index.ts';
import { readArchive, readLive } from '../../../lib/session-log/index.ts';
import type { Program } from '../actor/program.ts';
import { session } from './session.ts';

const PAGE = 100;

/** A frontend that shows a session: what is live, then every archive that is published. */
export const reader: Program = async ({ store, note }) => {
  try {
    const page = await readLive({ store }, session, { after: 0, limit: PAGE });
    note({ type: 'read-live', page });
    const archives = Array.from({ length: page.meta.archiveCount }, (_, index) => index + 1);
    const found = archives.length > 0 && (await store.readManifests(session, archives, ['chunks']));
    for (const manifest of found ? found.manifests : []) {
      const records: ArchivedRecord[] = [];
      for await (const record of readArchive(store, session, manifest)) records.push(record);
      note({ type: 'read-archive', archive: manifest.archive, records });
    }
  } catch (error) {
    note({ type: 'gave-up', error: error as Error });
  }
};
