import type { SessionKey } from '../../lib/session/index.ts';
import { type ImportPlan, planImport } from '../../lib/transfer/index.ts';
import type { Target, Work } from '../target/index.ts';
import { findFiles } from './find-files.ts';
import { readHistories } from './read-histories.ts';

/** What there is to import, and what of it is stored already. */
export interface ImportPlanDocument {
  readonly stack: string;
  readonly tenant: string;
  readonly files: number;
  readonly sessions: { readonly new: number; readonly begun: number; readonly stored: number };
  readonly messages: { readonly total: number; readonly stored: number };
  /** Lines with memories, which are not imported. */
  readonly memories: number;
  /** Sessions that hold other messages than the files: nothing is imported as long as there is one. */
  readonly others: readonly (SessionKey & { readonly reason: string })[];
}

/**
 * Checks all lines of a file, or of all `.jsonl` files of a folder, and compares their sessions with those that are stored. It
 * writes nothing.
 *
 * @throws InvalidImportError; StoreUnavailableError, StoreRefusedError, ItemUnreadableError; the signal's reason.
 */
export async function planFiles(
  target: Target,
  {
    path,
    ...defaults
  }: { readonly path: string; readonly tenant: string; readonly scope?: string | undefined },
  work: Work,
): Promise<{ readonly plan: ImportPlan; readonly document: ImportPlanDocument }> {
  const files = await findFiles(path);
  const { histories, messages, memories } = await readHistories(files, defaults, work);
  const total = histories.length;
  const plan = await planImport({ ...target, signal: work.signal }, histories, (done) =>
    work.report?.({ text: 'sessions are compared', counted: { done, total } }),
  );
  const stored = plan.sessions.map(({ history, standing }) => ({
    count: history.count,
    standing,
    stored: standing.kind === 'begun' ? standing.stored : 0,
  }));
  const numberOf = (is: (one: (typeof stored)[number]) => boolean) => stored.filter(is).length;
  const isNew = ({ standing }: (typeof stored)[number]) => standing.kind === 'new';
  const document: ImportPlanDocument = {
    stack: target.stackName,
    tenant: defaults.tenant,
    files: files.length,
    sessions: {
      new: numberOf(isNew),
      begun: numberOf((one) => !isNew(one) && one.stored < one.count),
      stored: numberOf((one) => !isNew(one) && one.stored === one.count),
    },
    messages: { total: messages, stored: stored.reduce((sum, one) => sum + one.stored, 0) },
    memories,
    others: plan.others.map(({ key, reason }) => ({ ...key, reason })),
  };
  return { plan, document };
}
