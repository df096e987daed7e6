import type { Manifest } from '../archive/index.ts';
import { type Embedding, type MessagePlace, VECTORS_PER_REQUEST } from '../embedding/index.ts';
import type { SessionKey } from '../session/index.ts';
import { readArchive } from '../session-log/index.ts';
import type { ArchiveStore } from '../store/index.ts';
import { embedTexts } from './embed-texts.ts';
import { textToEmbed } from './text-to-embed.ts';

/** In UTF-16 code units: a batch ends with the message that comes to it, so that few long messages do not fill memory. */
const MAX_BATCH_LENGTH = 500_000;

type ToEmbed = MessagePlace & { readonly text: string };

/**
 * Embeds the messages of one archive, in batches of at most 99, and writes their vectors. One chunk and one batch are in
 * memory at a time. Doing it again writes the same once more.
 *
 * @returns how many messages have a vector now; undefined when the archive is not there any more.
 * @throws EmbeddingUnavailableError, EmbeddingRefusedError, ArchiveCorruptError, StoreUnavailableError, StoreRefusedError; the
 * signal's reason. What was written before stays.
 */
export async function embedMessages(
  context: {
    readonly store: Pick<ArchiveStore, 'readChunk'>;
    readonly embedding: Embedding;
    readonly signal: AbortSignal;
  },
  key: SessionKey,
  manifest: Pick<Manifest, 'archive' | 'chunks'>,
): Promise<number | undefined> {
  const { embedding, signal } = context;
  const { embedder, vectors } = embedding;
  let messages = 0;
  for await (const batch of batchesOf(context.store, key, manifest)) {
    const texts = batch.map(({ text }) => text);
    const given = await embedTexts(embedder, texts, { purpose: 'document', signal });
    const entries = batch.map(({ position, index }, at) => ({ position, index, vector: given[at] ?? [] }));
    signal.throwIfAborted();
    if (!(await vectors.putMessageVectors(key, manifest.archive, embedder, entries))) return undefined;
    messages += batch.length;
  }
  return messages;
}

async function* batchesOf(
  store: Pick<ArchiveStore, 'readChunk'>,
  key: SessionKey,
  manifest: Pick<Manifest, 'archive' | 'chunks'>,
): AsyncGenerator<ToEmbed[]> {
  let batch: ToEmbed[] = [];
  let length = 0;
  for await (const { position, messages } of readArchive(store, key, manifest)) {
    for (const [index, message] of messages.entries()) {
      const text = textToEmbed(message);
      if (text === undefined) continue;
      batch.push({ position, index, text });
      length += text.length;
      if (batch.length < VECTORS_PER_REQUEST && length < MAX_BATCH_LENGTH) continue;
      yield batch;
      batch = [];
      length = 0;
    }
  }
  if (batch.length > 0) yield batch;
}
