import { archivePacker } from '../../lib/archive/index.ts';
import type { LogRecord, SessionKey } from '../../lib/session/index.ts';
import { toChunkItem, toManifestItem, toMetaItem } from '../../lib/table/index.ts';
import { batchPut } from './batch-put.ts';
import { messagesOf } from './bench-session.ts';
import type { BenchWorld } from './bench-world.ts';
import type { English } from './load-english.ts';

/** Of each archive, as a follow-up leaves it. */
const SUMMARY_BYTES = 800;

interface Archives {
  readonly archives: number;
  readonly messages: number;
  readonly bytes: number;
}

/** Makes a session of archives of so many messages of so many bytes, as commits and follow-ups would have left it. */
export async function putArchives(
  world: BenchWorld,
  english: English,
  key: SessionKey,
  { archives, messages, bytes }: Archives,
): Promise<void> {
  const { store, clock } = world;
  const created = { scope: key.session, memoryCategories: [], createdAtMs: clock.now() };
  await store.createSession(key, created);
  const meta = await store.readMeta(key);
  if (!meta) throw new Error(`Session '${key.session}' was not created.`);
  const items = Array.from({ length: archives }, (_, index) => {
    const said = messagesOf(
      english,
      Array.from({ length: messages }, () => bytes),
    );
    const first = index * messages + 1;
    const records = said.map((message, offset): LogRecord => {
      const at = new Date(clock.now()).toISOString();
      const stored = [{ ...message, id: world.newId(), at }];
      const record = { kind: 'record', appendId: world.newId(), bytes, appendedAtMs: clock.now() } as const;
      return { ...record, position: first + offset, messages: stored };
    });
    return archiveItems(key, { archive: index + 1, records, summary: english(SUMMARY_BYTES) });
  });
  const through = archives * messages;
  const committed = { nextSeq: through + 1, committedThrough: through, archiveCount: archives };
  await batchPut(world, [toMetaItem(key, { ...meta, ...committed }, {}), ...items.flat()]);
}

function archiveItems(
  key: SessionKey,
  archived: { readonly archive: number; readonly records: readonly LogRecord[]; readonly summary: string },
): Record<string, unknown>[] {
  const { archive, records, summary } = archived;
  const packer = archivePacker();
  const full = records.flatMap((record) => packer.add(record) ?? []);
  const packed = [...full, ...[packer.end() ?? []].flat()];
  const manifest = {
    ...packer.totals(),
    ...{ archive, from: records.at(0)?.position ?? 1, to: records.at(-1)?.position ?? 1 },
    ...{ commitId: '0'.repeat(26), sealedAtMs: 0, followUp: { state: 'completed' } as const },
  };
  const covers = [[1, archive]];
  return [
    {
      ...toManifestItem(key, manifest),
      summary: { outcome: 'done', atMs: 0, by: 'bench', text: summary, covers },
    },
    ...packed.map(({ index, stored }) => toChunkItem(key, archive, index, stored)),
  ];
}
