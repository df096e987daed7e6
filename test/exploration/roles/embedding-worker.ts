import { ArchiveCorruptError } from '../../../lib/archive/index.ts';
import { embedMemories, embedMessages } from '../../../lib/meaning/index.ts';
import type { ActorPorts, Program } from '../actor/program.ts';
import { digestEmbedder } from './digest-embedder.ts';
import { scope, session, topic } from './session.ts';

/** What a worker embeds: the messages of an archive, and before them the one memory, unless it is another's to embed. */
export interface PlannedEmbedding {
  readonly archive: number;
  readonly leavesMemory?: boolean;
}

const MAX_ATTEMPTS = 2;
const { signal } = new AbortController();

/** A worker that embeds what an archive has given, be it in a follow-up or a back-fill, and repeats what fails. */
export const embeddingWorker =
  (planned: PlannedEmbedding): Program =>
  async (ports) => {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      try {
        await embed(ports, planned);
        return;
      } catch (error) {
        // An archive that a deletion takes away meanwhile is not damaged.
        if (error instanceof ArchiveCorruptError) return;
        ports.note({ type: 'gave-up', error: error as Error });
      }
    }
  };

async function embed(ports: ActorPorts, { archive, leavesMemory }: PlannedEmbedding): Promise<void> {
  const { store, memories, vectors, clock } = ports;
  const context = { store, embedding: { embedder: digestEmbedder, vectors }, signal };
  const manifest = await store.readManifest(session, archive);
  if (!manifest) return;
  if (!leavesMemory) {
    const key = { tenant: session.tenant, scope };
    const { memories: found } = await memories.readMemories(key, [topic]);
    const embeddable = found.flatMap(({ text, ...memory }) =>
      text === undefined ? [] : [{ ...memory, text }],
    );
    await embedMemories(context, key, embeddable);
  }
  const messages = await embedMessages(context, session, manifest);
  if (messages === undefined) return;
  const done = { outcome: 'done', atMs: clock.now(), by: digestEmbedder.id, messages } as const;
  await vectors.recordEmbedding(session, archive, done);
}
