import type { Target } from '../target/index.ts';
import type { CheckResult } from './run-check.ts';

/** Whether the embedding model embeds a word. It is asked with the operator's credentials, not the functions'. */
export async function checkEmbedding(
  { clock, embedding }: Pick<Target, 'clock' | 'embedding'>,
  signal: AbortSignal,
): Promise<CheckResult> {
  if (!embedding) return { status: 'ok', detail: 'none: memories and messages are found by words alone' };
  const { embedder } = embedding;
  const startedAtMs = clock.now();
  const [vector = []] = await embedder.embed(['tea'], { purpose: 'query', signal });
  const tookMs = clock.now() - startedAtMs;
  return {
    status: 'ok',
    detail: `${embedder.id} embedded a word in ${vector.length} dimensions in ${tookMs} ms`,
  };
}
