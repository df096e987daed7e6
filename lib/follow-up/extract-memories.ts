import type { FollowUpProgress } from '../archive/index.ts';
import { type EvidencedMemory, type ExtractedMemory, extractedMemorySchema } from '../memory/index.ts';
import type { Message } from '../session/index.ts';
import { callModel } from './call-model.ts';
import type { FollowUpRun } from './follow-up-run.ts';

/** An archive gives at most this many memories, the most confident ones: they must fit the manifest's item. */
const MAX_MEMORIES = 100;

/** The second step: what is worth remembering of the archive, kept on the manifest until it is merged. */
export async function extractMemories(
  run: FollowUpRun,
): Promise<NonNullable<FollowUpProgress['extraction']>> {
  const { extractionTimeoutMs: timeoutMs, onExtractionTimeout: onTimeout } = run.limits.followUp;
  const messages = await run.messages();
  const categories = run.meta.memoryCategories;
  const answer = await callModel(run, 'extraction', { timeoutMs, onTimeout }, (model, signal) =>
    model.extract({ messages, categories, signal }),
  );
  const atMs = run.lease.clock.now();
  if (answer.outcome === 'skipped') return { ...answer, atMs };
  const memories = answer.value
    .filter(
      (memory) => extractedMemorySchema.safeParse(memory).success && categories.includes(memory.category),
    )
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, MAX_MEMORIES);
  return { outcome: 'done', atMs, by: answer.by, memories: withEvidence(run, messages, memories) };
}

/** Evidence is as old as its message; of a message that is not in the archive, as old as the archive. */
function withEvidence(
  { manifest }: FollowUpRun,
  messages: readonly Message[],
  memories: readonly ExtractedMemory[],
): EvidencedMemory[] {
  const saidAtMs = new Map(messages.map(({ id, at }) => [id, Date.parse(at)]));
  return memories.map((memory) => ({
    ...memory,
    seenAtMs: saidAtMs.get(memory.messageId) ?? manifest.sealedAtMs,
  }));
}
