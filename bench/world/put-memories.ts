import type { ScopeKey } from '../../lib/memory/index.ts';
import { toMemoryItem } from '../../lib/table/index.ts';
import { batchPut } from './batch-put.ts';
import type { BenchWorld } from './bench-world.ts';
import type { English } from './load-english.ts';

/** Stores so many memories of so many bytes of text, one in a hundred of the profile. */
export async function putMemories(
  world: BenchWorld,
  english: English,
  scope: ScopeKey,
  { count, bytes }: { readonly count: number; readonly bytes: number },
): Promise<void> {
  const atMs = world.clock.now();
  const items = Array.from({ length: count }, (_, index) =>
    toMemoryItem(scope, {
      ...{ category: index % 100 === 0 ? 'profile' : 'event', key: `subject-${index}`, text: english(bytes) },
      ...{
        confidence: 0.9,
        firstSeenAtMs: atMs,
        lastSeenAtMs: atMs,
        saidAtMs: atMs,
        revision: world.newId(),
      },
      by: {
        ...{ kind: 'archive', session: 'chat', archive: 1, messageId: world.newId() },
        model: 'bedrock:a-model-of-some-provider-v1:0',
      },
    }),
  );
  await batchPut(world, items);
}
