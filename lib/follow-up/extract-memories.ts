import type { FollowUpProgress } from '../archive/index.ts';
import {
  carriedFrom,
  type EvidencedMemory,
  type ExtractedMemory,
  extractedMemorySchema,
  type Memory,
  type MemoryCategory,
  type ShownMemory,
  subjectName,
} from '../memory/index.ts';
import type { Extraction, KnownMemory } from '../model/index.ts';
import type { Message } from '../session/index.ts';
import { callModel } from './call-model.ts';
import type { FollowUpRun } from './follow-up-run.ts';
import { knownMemories } from './known-memories.ts';
import { wordsSaid } from './words-said.ts';

/** An archive gives at most this many memories, the most confident ones, of at most so many bytes: they must fit the manifest's item. */
const MAX_MEMORIES = 100;
const MAX_BYTES = 160 * 1024;
/** Of other sessions whose words one memory holds: each takes two items of the transaction that merges it, which has 100. */
const MAX_CARRIED = 40;
const TOO_MANY_SOURCES = { reason: `a memory in the words of more than ${MAX_CARRIED} other sessions` };
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
  const said = wordsSaid(messages);
  const shown = await knownMemories(run, said);
  const known = shown.flatMap(asKnown);
  const answer = await callModel(run, 'extraction', { timeoutMs, onTimeout }, (model, signal) =>
    model.extract({ messages, categories, known, ...(settings && { settings }), signal }),
  );
  const atMs = run.lease.clock.now();
  if (answer.outcome === 'skipped') return { ...answer, atMs };
  const { value, ...done } = answer;
  const checked = usable(value, categories);
  const evidenced = withEvidence(run, { messages, said, shown }, checked.memories);
  const memories = evidenced.filter(
    ({ carriedFrom: groups = [] }) => new Set(groups.flat()).size <= MAX_CARRIED,
  );
  const strange = Array.from({ length: evidenced.length - memories.length }, () => TOO_MANY_SOURCES);
  const rejected = [...checked.rejected, ...strange];
  if (rejected.length > 0) reportRejected(run, done.by, rejected);
  return {
    ...done,
    atMs,
    memories,
    scope: run.meta.scope,
    ...(rejected.length > 0 && { rejected: rejected.length }),
  };
}

function asKnown({ category, key, text, by }: Memory): KnownMemory[] {
  if (text === undefined) return [];
  return [{ category, key, text, ...(by.kind === 'person' && { by: by.kind }) }];
}

/** What a model gives is checked here too, whichever it is: only this is stored. */
function usable({ memories, rejected }: Extraction, categories: readonly MemoryCategory[]): Extraction {
  const isUsable = (memory: ExtractedMemory) =>
    extractedMemorySchema.safeParse(memory).success && categories.includes(memory.category);
  const unusable = memories.filter((memory) => !isUsable(memory));
  // Of two about one subject the last one counts: an archive makes one statement of it.
  const ofSubject = new Map(memories.filter(isUsable).map((memory) => [subjectName(memory), memory]));
  return {
    memories: fitting([...ofSubject.values()].sort((a, b) => b.confidence - a.confidence)),
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
  { manifest, key }: FollowUpRun,
  {
    messages,
    said,
    shown,
  }: { messages: readonly Message[]; said: ReadonlySet<string>; shown: readonly Memory[] },
  memories: readonly ExtractedMemory[],
): EvidencedMemory[] {
  const saidAtMs = new Map(messages.map(({ id, at }) => [id, Date.parse(at)]));
  const known = shown.flatMap(asShown);
  // What the session itself has said goes with the statement; what it has carried on goes with others.
  const isOfOthers = (group: readonly string[]) => !group.includes(key.session);
  return memories.map((memory) => {
    const carried = carriedFrom({ said, statement: memory, known }).filter(isOfOthers);
    return {
      ...memory,
      seenAtMs: saidAtMs.get(memory.messageId) ?? manifest.sealedAtMs,
      ...(carried.length > 0 && { carriedFrom: carried }),
    };
  });
}

function asShown({ key, text, by, carriedFrom: carried, earlier }: Memory): ShownMemory[] {
  if (text === undefined) return [];
  const sessions = by.kind === 'earlier' ? earlier?.sessions : undefined;
  return [{ key, text, by, ...(carried && { carriedFrom: carried }), ...(sessions && { sessions }) }];
}
