import type { FollowUpProgress } from '../archive/index.ts';
import {
  type EvidencedMemory,
  type ExtractedMemory,
  extractedMemorySchema,
  type MemoryCategory,
} from '../memory/index.ts';
import type { Extraction } from '../model/index.ts';
import type { Message } from '../session/index.ts';
import { callModel } from './call-model.ts';
import type { FollowUpRun } from './follow-up-run.ts';
import { knownMemories } from './known-memories.ts';

/** An archive gives at most this many memories, the most confident ones, of at most so many bytes: they must fit the manifest's item. */
const MAX_MEMORIES = 100;
const MAX_BYTES = 160 * 1024;
/** As many reasons are reported; models repeat their mistakes. */
const MAX_REASONS = 10;

/** The second step: what is worth remembering of the archive, kept on the manifest until it is merged. */
export async function extractMemories(
  run: FollowUpRun,
): Promise<NonNullable<FollowUpProgress['extraction']>> {
  const { extractionTimeoutMs: timeoutMs, onExtractionTimeout: onTimeout } = run.limits.followUp;
  const messages = await run.messages();
  const categories = run.meta.memoryCategories;
  const settings = run.extraction;
  const known = await knownMemories(run, messages);
  const answer = await callModel(run, 'extraction', { timeoutMs, onTimeout }, (model, signal) =>
    model.extract({ messages, categories, known, ...(settings && { settings }), signal }),
  );
  const atMs = run.lease.clock.now();
  if (answer.outcome === 'skipped') return { ...answer, atMs };
  const { value, ...done } = answer;
  const { memories, rejected } = usable(value, categories);
  if (rejected.length > 0) reportRejected(run, done.by, rejected);
  return {
    ...done,
    atMs,
    memories: withEvidence(run, messages, memories),
    scope: run.meta.scope,
    ...(rejected.length > 0 && { rejected: rejected.length }),
  };
}

/** What a model gives is checked here too, whichever it is: only this is stored. */
function usable({ memories, rejected }: Extraction, categories: readonly MemoryCategory[]): Extraction {
  const isUsable = (memory: ExtractedMemory) =>
    extractedMemorySchema.safeParse(memory).success && categories.includes(memory.category);
  const unusable = memories.filter((memory) => !isUsable(memory));
  return {
    memories: fitting(memories.filter(isUsable).sort((a, b) => b.confidence - a.confidence)),
    rejected: [
      ...rejected,
      ...unusable.map(() => ({ reason: 'a memory that does not match the schema or the categories' })),
    ],
  };
}

function fitting(memories: readonly ExtractedMemory[]): ExtractedMemory[] {
  let left = MAX_BYTES;
  return memories.slice(0, MAX_MEMORIES).filter((memory) => {
    const bytes = Buffer.byteLength(JSON.stringify(memory));
    if (bytes > left) return false;
    left -= bytes;
    return true;
  });
}

function reportRejected({ report }: FollowUpRun, model: string, rejected: Extraction['rejected']): void {
  const reasons = rejected.slice(0, MAX_REASONS).map(({ reason }) => reason);
  report({ type: 'follow-up.rejected', model, count: rejected.length, reasons });
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
