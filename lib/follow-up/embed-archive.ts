import { ArchiveCorruptError, type FollowUpProgress } from '../archive/index.ts';
import { startDeadline, untilAborted } from '../clock/index.ts';
import { type Embedding, EmbeddingUnavailableError } from '../embedding/index.ts';
import { embedMemories, embedMessages } from '../meaning/index.ts';
import { readMemories, type Subject, subjectName } from '../memory/index.ts';
import { reasonText } from '../queue/index.ts';
import { MAX_DETAIL_LENGTH } from '../session/index.ts';
import { untraced } from '../trace/index.ts';
import { FollowUpDeadlineError } from './errors.ts';
import type { FollowUpRun } from './follow-up-run.ts';
import { subjectsSaid } from './subjects-said.ts';

/**
 * The session's next archive waits behind this one, and what is left out is back-filled. It is enough for 6 000 messages at 0.3 s for
 * 99 texts in one request, and for 400 at 0.2 s for each of one text, four at a time; archives have tens to hundreds.
 */
const TIME_LIMIT_MS = 20_000;

type EmbeddingRun = FollowUpRun & { readonly embedding: Embedding };

/**
 * Embeds what an archive has given, so that it is found by meaning: the memories of its statements, then its messages, in at most
 * 20 s. Never fails a follow-up: what was not embedded is recorded as skipped, with the reason, for a back-fill. Does nothing
 * without an embedder, where the manifest has a result of this one, or where a deletion comes between.
 *
 * @param options.replaced subjects of statements that others have taken the place of: memories are embedded again, whatever the
 * manifest has.
 * @throws the reason of the invocation's end, and nothing else.
 */
export async function embedArchive(
  { embedding, ...run }: FollowUpRun,
  { replaced }: { readonly replaced?: readonly Subject[] } = {},
): Promise<void> {
  if (!embedding || (embeddedMessages(run, embedding) !== undefined && !replaced)) return;
  const { lease, report, trace = untraced } = run;
  const startedAtMs = lease.clock.now();
  const durationMs = () => lease.clock.now() - startedAtMs;
  try {
    const counts = await trace('follow-up.embedding', () => embedInTime({ ...run, embedding }, replaced));
    if (counts) report({ type: 'follow-up.embedded', ...counts, durationMs: durationMs() });
    else report({ type: 'follow-up.gone' });
  } catch (error) {
    throwIfEnding(run.signal);
    report({ type: 'follow-up.not-embedded', error, durationMs: durationMs() });
    await recordSkipped({ ...run, embedding }, error);
  }
}

/** How many messages of the archive have a vector of this embedder, when it was read. */
function embeddedMessages(
  { manifest }: Pick<FollowUpRun, 'manifest'>,
  { embedder }: Embedding,
): number | undefined {
  const { embedding } = manifest.followUp;
  return embedding?.outcome === 'done' && embedding.by === embedder.id ? embedding.messages : undefined;
}

/** Returns undefined when the archive is gone. */
async function embedInTime(run: EmbeddingRun, replaced: readonly Subject[] | undefined) {
  const late = () =>
    new EmbeddingUnavailableError(`Embedding the archive did not end within ${TIME_LIMIT_MS} ms.`);
  using limit = startDeadline(run.lease.clock, TIME_LIMIT_MS, late);
  const signal = AbortSignal.any([run.signal, limit.signal]);
  return await untilAborted(embedAll({ ...run, signal }, replaced), signal);
}

async function embedAll(run: EmbeddingRun, replaced: readonly Subject[] = []) {
  const { embedding, key, manifest, lease } = run;
  const memories = await embedTouched(run, replaced);
  const known = embeddedMessages(run, embedding);
  if (known !== undefined) return { memories, messages: known };
  const messages = await embedWhatIsThere(run);
  if (messages === undefined) return undefined;
  run.signal.throwIfAborted();
  const done = { outcome: 'done', atMs: lease.clock.now(), by: embedding.embedder.id, messages } as const;
  const isThere = await embedding.vectors.recordEmbedding(key, manifest.archive, done);
  return isThere ? { memories, messages } : undefined;
}

/** A deletion takes the chunks away while they are read: nothing is damaged then. */
async function embedWhatIsThere(run: EmbeddingRun): Promise<number | undefined> {
  try {
    return await embedMessages(run, run.key, run.manifest);
  } catch (error) {
    if (!(error instanceof ArchiveCorruptError) || (await run.store.readMeta(run.key))) throw error;
    return undefined;
  }
}

/** The memories that the archive's statements have made or changed, as they are now. */
async function embedTouched(run: EmbeddingRun, replaced: readonly Subject[]): Promise<number> {
  const { scope, subjects } = await subjectsSaid(run);
  const touched = [...new Map([...subjects, ...replaced].map((one) => [subjectName(one), one])).values()];
  if (touched.length === 0) return 0;
  const { lease, memories: store, signal } = run;
  const { memories } = await readMemories({ ...lease, memories: store, signal }, scope, touched);
  const sayingSomething = memories.flatMap(({ category, key, text, revision }) =>
    text === undefined ? [] : [{ category, key, text, revision }],
  );
  return embedMemories(run, scope, sayingSomething);
}

/** The end of the invocation is not to be passed over; the follow-up's own deadline is, since all else is done. */
function throwIfEnding({ aborted, reason }: AbortSignal): void {
  if (aborted && !(reason instanceof FollowUpDeadlineError)) throw reason;
}

/** What messages have on record stays; memories without vectors are found without a record. */
async function recordSkipped(run: EmbeddingRun, because: unknown): Promise<void> {
  const { embedding, key, manifest, lease, signal, report } = run;
  if (embeddedMessages(run, embedding) !== undefined) return;
  const startedAtMs = lease.clock.now();
  const reason = reasonText(because instanceof Error ? because.message : String(because), MAX_DETAIL_LENGTH);
  try {
    const skipped: FollowUpProgress['embedding'] = { outcome: 'skipped', atMs: startedAtMs, reason };
    await embedding.vectors.recordEmbedding(key, manifest.archive, skipped);
  } catch (error) {
    throwIfEnding(signal);
    report({ type: 'follow-up.not-embedded', error, durationMs: lease.clock.now() - startedAtMs });
  }
}
