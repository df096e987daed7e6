import { ArchiveCorruptError } from '../archive/index.ts';
import { inParallel } from '../batch/index.ts';
import { CommitlaneError } from '../errors/index.ts';
import { embedMemories, embedMessages } from '../meaning/index.ts';
import type { ScopeKey } from '../memory/index.ts';
import type { SessionKey } from '../session/index.ts';
import { isItemError } from '../table/index.ts';
import type { BackfillContext } from './backfill-context.ts';
import { isEmbedded } from './is-embedded.ts';
import { persistent } from './persistent.ts';
import type { BackfillPlan } from './plan-backfill.ts';

/** How far it is: of what was planned, whatever became of it. */
export interface BackfillProgress {
  readonly done: number;
  /** Messages and memories. */
  readonly total: number;
}

/** What was done. */
export interface BackfillResult extends BackfillProgress {
  /** Archives whose messages all have a vector now, and how many vectors these are. */
  readonly archives: number;
  readonly messages: number;
  readonly memories: number;
  /** Archives that a follow-up has embedded meanwhile. */
  readonly archivesEmbeddedMeanwhile: number;
  /** Archives that were deleted meanwhile. */
  readonly archivesGone: number;
  /** Memories that were changed meanwhile, and have a vector by that or are left, or that have gone. */
  readonly memoriesChanged: number;
  /** What could not be embedded, and is left as it was. */
  readonly failures: readonly BackfillFailure[];
  /** Why it ended before it was through; what is left is found again. */
  readonly stopped?: { readonly error: unknown };
}

interface BackfillFailure {
  readonly place: Place;
  readonly code: string;
  readonly reason: string;
}

type Place = (SessionKey & { readonly archive: number }) | ScopeKey;

interface Task {
  readonly place: Place;
  /** Messages or memories, by the plan. */
  readonly size: number;
}

type Tally = { -readonly [Field in keyof Omit<BackfillResult, 'stopped' | 'failures'>]: number } & {
  readonly failures: BackfillFailure[];
};

/** So many archives or scopes are embedded at a time: models take a few requests at once. */
const AT_ONCE = 4;
/** One text that a model does not take must not keep all others from it; a model that takes none has nothing to do with them. */
const MAX_REFUSALS_IN_A_ROW = 3;

/**
 * Embeds what a plan names, archive by archive, and records each archive when all of it has its vectors: what is recorded is never
 * embedded again, by the next run neither. It may be stopped, or die, at any time. A call of the model or of the database that fails
 * and may succeed later is tried 5 times. An archive or a scope that the model refuses, or that is damaged, is left as it
 * is; after 3 refusals in a row it stops.
 *
 * @returns what was done, also when it was stopped, by its signal or by what a last attempt threw.
 */
export async function runBackfill(
  context: BackfillContext,
  plan: BackfillPlan,
  onProgress?: (progress: BackfillProgress) => void,
): Promise<BackfillResult> {
  const tasks = [...tasksOf(plan)];
  const tally = emptyTally(tasks.reduce((sum, { size }) => sum + size, 0));
  let refusals = 0;
  const embed = async (task: Task, signal: AbortSignal) => {
    try {
      await embedTask(insistent({ ...context, signal }), task.place, tally);
      refusals = 0;
    } catch (error) {
      if (signal.aborted || !(error instanceof CommitlaneError)) throw error;
      if (error.retry.retryable && !isDamage(error)) throw error;
      tally.failures.push({ place: task.place, code: error.code, reason: error.message });
      if (!isDamage(error)) refusals += 1;
      if (refusals >= MAX_REFUSALS_IN_A_ROW) throw error;
    }
    tally.done += task.size;
    onProgress?.(tally);
  };
  onProgress?.(tally);
  try {
    await inParallel(tasks, AT_ONCE, context.signal, (task, _index, either) => embed(task, either));
  } catch (error) {
    if (!context.signal.aborted && !(error instanceof CommitlaneError)) throw error;
    return { ...tally, stopped: { error } };
  }
  return tally;
}

function* tasksOf({ sessions, scopes }: BackfillPlan): Generator<Task> {
  for (const { scope, memories } of scopes) yield { place: scope, size: memories };
  for (const { key, archives } of sessions) {
    for (const { archive, messages } of archives) yield { place: { ...key, archive }, size: messages };
  }
}

function emptyTally(total: number): Tally {
  return {
    ...{ done: 0, total, archives: 0, messages: 0, memories: 0 },
    ...{ archivesEmbeddedMeanwhile: 0, archivesGone: 0, memoriesChanged: 0 },
    failures: [],
  };
}

function insistent(context: BackfillContext): BackfillContext {
  const { store, embedding } = context;
  const [embedder, vectors] = [
    persistent(embedding.embedder, context),
    persistent(embedding.vectors, context),
  ];
  return { ...context, store: persistent(store, context), embedding: { embedder, vectors } };
}

function isDamage(error: unknown): boolean {
  return error instanceof ArchiveCorruptError || isItemError(error);
}

function embedTask(context: BackfillContext, place: Place, tally: Tally): Promise<void> {
  return 'session' in place ? embedArchive(context, place, tally) : embedScope(context, place, tally);
}

async function embedArchive(
  context: BackfillContext,
  { archive, ...key }: SessionKey & { readonly archive: number },
  tally: Tally,
): Promise<void> {
  const { store, embedding, clock } = context;
  const manifest = await store.readManifest(key, archive);
  if (manifest && isEmbedded(manifest, embedding.embedder)) {
    tally.archivesEmbeddedMeanwhile += 1;
    return;
  }
  const messages = manifest && (await embedMessages(context, key, manifest));
  if (messages === undefined) {
    tally.archivesGone += 1;
    return;
  }
  const done = { outcome: 'done', atMs: clock.now(), by: embedding.embedder.id, messages } as const;
  if (await embedding.vectors.recordEmbedding(key, archive, done)) {
    tally.archives += 1;
    tally.messages += messages;
  } else {
    tally.archivesGone += 1;
  }
}

/** From its beginning, so that each memory is met that has no vector by now. */
async function embedScope(context: BackfillContext, scope: ScopeKey, tally: Tally): Promise<void> {
  const { embedder, vectors } = context.embedding;
  let after: string | undefined;
  do {
    context.signal.throwIfAborted();
    const page = await vectors.listUnembedded(scope, embedder, { ...(after !== undefined && { after }) });
    const written = await embedMemories(context, scope, page.memories);
    tally.memories += written;
    tally.memoriesChanged += page.memories.length - written;
    after = page.nextAfter;
  } while (after !== undefined);
}
