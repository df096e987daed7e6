import type { ArchiveItem, ArchivePage, ArchivesThrough } from '../archive-store.ts';
import { beforeArchiveItem } from '../before-archive-item.ts';
import { excerptOf } from './excerpt-of.ts';
import type { StoredSession } from './stored-sessions.ts';

/** As DynamoDB ends its pages. */
const MAX_PAGE_BYTES = 1_048_576;

/** A page of manifests and chunks, the newest first, no longer than one of DynamoDB. */
export function readArchivePage(session: StoredSession | undefined, through: ArchivesThrough): ArchivePage {
  const items: ArchiveItem[] = [];
  let bytes = 0;
  for (const item of session ? itemsBackwards(session, through) : []) {
    items.push(item);
    bytes += item.kind === 'chunk' ? item.stored.byteLength : JSON.stringify(item.manifest).length;
    if (bytes < MAX_PAGE_BYTES) continue;
    const rest = beforeArchiveItem(item);
    return { items, ...(rest && { rest }) };
  }
  return { items };
}

function* itemsBackwards(
  { manifests, chunks }: StoredSession,
  through: ArchivesThrough,
): Generator<ArchiveItem> {
  const counts = new Map<number, number>();
  for (const name of chunks.keys()) {
    const [archive = 0, index = 0] = name.split('/').map(Number);
    counts.set(archive, Math.max(counts.get(archive) ?? 0, index + 1));
  }
  for (let { archive } = through; archive > 0; archive -= 1) {
    const count = counts.get(archive) ?? 0;
    const wanted = archive === through.archive ? Math.min(count, through.chunks ?? count) : count;
    for (let index = wanted - 1; index >= 0; index -= 1) {
      const stored = chunks.get(`${archive}/${index}`);
      if (stored) yield { kind: 'chunk', archive, index, stored };
    }
    const manifest = manifests.get(archive);
    if (manifest) yield { kind: 'manifest', archive, manifest: excerptOf(manifest, ['chunks']) };
  }
}
