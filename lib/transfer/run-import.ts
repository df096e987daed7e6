import { inParallel } from '../batch/index.ts';
import { CommitlaneError } from '../errors/index.ts';
import { commitImported, type ImportedCommit } from './commit-imported.ts';
import type { ImportContext } from './import-context.ts';
import { importHistory } from './import-history.ts';
import { pacer } from './pacer.ts';
import type { ImportPlan, PlannedHistory } from './plan-import.ts';

export interface ImportOptions {
  /** When sessions are committed: each when its messages are stored, all of them at the end, or not at all. */
  readonly commit: 'each' | 'end' | 'none';
  /** How long a commit is waited for. */
  readonly commitTimeoutMs: number;
  /** Messages per second, more than 0, all sessions together; unless given, as many as the table takes. */
  readonly ratePerSecond?: number | undefined;
}

/** How far it is. */
export interface ImportProgress {
  /** Messages that are stored, by this run or before. */
  readonly done: number;
  readonly total: number;
  /** By this run. */
  readonly imported: number;
}

/** What was done. */
export interface ImportResult extends ImportProgress {
  /** Sessions with all of their messages. */
  readonly sessions: number;
  readonly commits: Readonly<Record<Exclude<ImportedCommit, 'none'>, number>>;
  /** Why it ended before it was through; what is left is found again. */
  readonly stopped?: { readonly error: unknown };
}

/** So many sessions are written at a time, each in one request after another. */
const AT_ONCE = 8;

/**
 * Appends what a plan found to be missing, in order within each session. It may be stopped, or die, at any time: another plan
 * of the same histories continues, and stores nothing twice. A request that fails and may succeed later is made 5 times.
 *
 * @returns what was done, also when it was stopped, by its signal or by what a last attempt threw.
 */
export async function runImport(
  context: ImportContext,
  plan: Pick<ImportPlan, 'sessions'>,
  { commit, commitTimeoutMs, ratePerSecond }: ImportOptions,
  onProgress?: (progress: ImportProgress) => void,
): Promise<ImportResult> {
  const commits = { completed: 0, failed: 0, pending: 0 };
  const total = plan.sessions.reduce((sum, { history }) => sum + history.count, 0);
  const tally = { done: 0, total, imported: 0, sessions: 0, commits };
  const pace = pacer(context.clock, ratePerSecond);
  const commitOne = async ({ history: { key } }: PlannedHistory, signal: AbortSignal) => {
    const outcome = await commitImported({ ...context, signal }, key, commitTimeoutMs);
    if (outcome !== 'none') commits[outcome] += 1;
  };
  const importOne = async (planned: PlannedHistory, signal: AbortSignal) => {
    await importHistory({ ...context, signal }, planned, pace, (messages, isNew) => {
      tally.done += messages;
      if (isNew) tally.imported += messages;
      onProgress?.(tally);
    });
    tally.sessions += 1;
    if (commit === 'each') await commitOne(planned, signal);
  };
  try {
    await inParallel(plan.sessions, AT_ONCE, context.signal, (one, _index, either) => importOne(one, either));
    if (commit === 'end')
      await inParallel(plan.sessions, AT_ONCE, context.signal, (one, _index, either) =>
        commitOne(one, either),
      );
  } catch (error) {
    if (!context.signal.aborted && !(error instanceof CommitlaneError)) throw error;
    return { ...tally, stopped: { error } };
  }
  return tally;
}
