import {
  ArchiveCorruptError,
  type FollowUpProgress,
  type FollowUpStep,
  type Manifest,
} from '../archive/index.ts';
import { startDeadline } from '../clock/index.ts';
import { builtInExtraction, wantedCategories } from '../extraction/index.ts';
import { stopWhenAborted } from '../port/index.ts';
import type { FollowUpMessage } from '../queue/index.ts';
import type { Message, SessionKey } from '../session/index.ts';
import { readArchive } from '../session-log/index.ts';
import type { ArchiveStore } from '../store/index.ts';
import { untraced } from '../trace/index.ts';
import { embedArchive } from './embed-archive.ts';
import { FollowUpDeadlineError } from './errors.ts';
import { extractAgain } from './extract-again.ts';
import { extractMemories } from './extract-memories.ts';
import type { FollowUpContext } from './follow-up-context.ts';
import type { FollowUpEventDetails } from './follow-up-event.ts';
import type { FollowUpRun } from './follow-up-run.ts';
import { mergeMemories } from './merge-memories.ts';
import { recordCompleted } from './record-completed.ts';
import { recordExtraction } from './record-extraction.ts';
import { recordMerge } from './record-merge.ts';
import { writeSummary } from './write-summary.ts';

/**
 * Follows up one archive: summary, extraction, merge, and vectors of what these gave; or extracts one once more that has them. Each step is recorded on the manifest when it is done, and
 * what is recorded is never done again, however often the archive is delivered or replayed.
 *
 * @param signal aborts when the worker itself has no more time.
 * @param onStepBegin told of each step that is not recorded yet, before it is done.
 * @returns false when the archive is gone, with its session.
 * @throws FollowUpDeadlineError, StepTimeoutError, and what models, leases and stores throw; running it again is right.
 */
export async function followUpArchive(
  context: FollowUpContext,
  message: FollowUpMessage,
  signal: AbortSignal,
  onStepBegin: (step: FollowUpStep) => void = () => undefined,
): Promise<boolean> {
  const { deadlineMs } = context.limits.followUp;
  const { clock } = context.lease;
  const startedAtMs = clock.now();
  using deadline = startDeadline(clock, deadlineMs, () => new FollowUpDeadlineError(deadlineMs));
  const run = await prepare(context, message, AbortSignal.any([signal, deadline.signal]));
  if (!run) return false;
  const step: StepRunner = (name, work, record) => {
    const begin = () => {
      onStepBegin(name);
      return work();
    };
    return doOnce(run, message, { name, work: begin, record });
  };

  try {
    if (message.again && run.manifest.followUp.merge) {
      await extractAgain(run, message.again);
      return true;
    }
    await step('summary', () => writeSummary(run));
    const extraction = await step(
      'extraction',
      () => extractMemories(run),
      (found) => recordExtraction(run, found),
    );
    await step(
      'merge',
      () => mergeMemories(run, extraction),
      async (merge) => ((await recordMerge(run, extraction, merge)) ? merge : undefined),
    );
  } catch (error) {
    // A deletion takes the chunks away while they are read: nothing is damaged then.
    if (!(error instanceof ArchiveCorruptError) || (await run.store.readMeta(run.key))) throw error;
    run.report({ type: 'follow-up.gone' });
    return false;
  }
  await recordCompleted(run, message);
  run.report({ type: 'follow-up.completed', durationMs: clock.now() - startedAtMs });
  await embedArchive(run);
  return true;
}

/** Gives what is recorded; undefined when another worker was sooner. */
type StepRecorder<S extends FollowUpStep> = (
  result: NonNullable<FollowUpProgress[S]>,
) => Promise<NonNullable<FollowUpProgress[S]> | undefined>;

type StepRunner = <S extends FollowUpStep>(
  name: S,
  work: () => Promise<NonNullable<FollowUpProgress[S]>>,
  record?: StepRecorder<S>,
) => Promise<NonNullable<FollowUpProgress[S]>>;

async function prepare(
  context: FollowUpContext,
  { tenant, session, archive, commitId }: FollowUpMessage,
  signal: AbortSignal,
): Promise<FollowUpRun | undefined> {
  const key = { tenant, session };
  const { extraction = builtInExtraction } = context;
  const store = stopWhenAborted(context.store, signal);
  const report = (event: FollowUpEventDetails) =>
    context.onEvent({ ...event, tenant, session, commitId, archive });
  const [meta, manifest] = await Promise.all([store.readMeta(key), store.readManifest(key, archive)]);
  if (!meta || !manifest) {
    report({ type: 'follow-up.gone' });
    return undefined;
  }
  let messages: Promise<readonly Message[]> | undefined;
  return {
    ...context,
    store,
    key,
    meta: { ...meta, memoryCategories: wantedCategories(extraction, meta.memoryCategories) },
    manifest,
    messages: () => {
      messages ??= readMessages(store, key, manifest);
      return messages;
    },
    signal,
    report,
  };
}

async function readMessages(store: ArchiveStore, key: SessionKey, manifest: Manifest): Promise<Message[]> {
  const messages: Message[] = [];
  for await (const { appendedAtMs, messages: appended } of readArchive(store, key, manifest)) {
    messages.push(...appended.map((message) => notAfter(appendedAtMs, message)));
  }
  return messages;
}

/**
 * The message with a time that can be reasoned about: no message was said after it was appended, whatever the clock of
 * its device says. What is stored keeps its time.
 */
function notAfter(appendedAtMs: number, message: Message): Message {
  if (Date.parse(message.at) <= appendedAtMs) return message;
  return { ...message, at: new Date(appendedAtMs).toISOString() };
}

/** Does a step unless it is recorded, and records it; what another worker recorded meanwhile stands. */
async function doOnce<S extends FollowUpStep>(
  { store, key, manifest, lease, report, trace = untraced }: FollowUpRun,
  { commitId }: FollowUpMessage,
  {
    name,
    work,
    record = async (result) =>
      (await store.recordStep(key, manifest.archive, name, result)) ? result : undefined,
  }: {
    readonly name: S;
    readonly work: () => Promise<NonNullable<FollowUpProgress[S]>>;
    readonly record?: StepRecorder<S> | undefined;
  },
): Promise<NonNullable<FollowUpProgress[S]>> {
  const recorded = manifest.followUp[name];
  if (recorded !== undefined) return recorded as NonNullable<FollowUpProgress[S]>;
  const startedAtMs = lease.clock.now();
  const given = await trace(`follow-up.${name}`, work);
  const result = await record(given);
  if (!result) {
    const current = await store.readManifest(key, manifest.archive);
    return (current?.followUp[name] ?? given) as NonNullable<FollowUpProgress[S]>;
  }
  const { outcome } = result;
  const detail = detailOf(result);
  await store.addToTimeline(key, commitId, {
    atMs: lease.clock.now(),
    event: name,
    ...(detail !== undefined && { detail }),
  });
  const durationMs = lease.clock.now() - startedAtMs;
  const { usage, redacted } = result.outcome === 'done' ? result : {};
  report({
    type: 'follow-up.step',
    step: name,
    outcome,
    durationMs,
    ...(usage && { usage }),
    ...(redacted !== undefined && { redacted }),
  });
  return result;
}

/** For an entry that is not plain success. */
function detailOf(result: NonNullable<FollowUpProgress[FollowUpStep]>): string | undefined {
  if (result.outcome === 'skipped') return `skipped: ${result.reason}`;
  if (!('rejected' in result)) return undefined;
  return `${result.rejected} of the model’s memories could not be used, and were dropped`;
}
