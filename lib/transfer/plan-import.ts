import { inParallel } from '../batch/index.ts';
import { insist } from '../port/index.ts';
import type { SessionKey } from '../session/index.ts';
import { compareSession, type Standing } from './compare-session.ts';
import type { History } from './history.ts';
import type { ImportContext } from './import-context.ts';

/** What there is to import. */
export interface ImportPlan {
  /** In the order of the histories. */
  readonly sessions: readonly PlannedHistory[];
  /** Sessions that hold other messages: as long as there is one, nothing may be imported. */
  readonly others: readonly { readonly key: SessionKey; readonly reason: string }[];
}

export interface PlannedHistory {
  readonly history: History;
  readonly standing: Exclude<Standing, { readonly kind: 'other' }>;
}

/** So many sessions are looked at a time, each in one request after another. */
const AT_ONCE = 8;

/**
 * Finds what of the histories is stored already. It writes nothing.
 *
 * @param onCompared is told how many sessions were looked at.
 * @throws StoreUnavailableError, StoreRefusedError, ItemUnreadableError, ArchiveCorruptError; the signal's reason.
 */
export async function planImport(
  context: Omit<ImportContext, 'commits' | 'newId'>,
  histories: readonly History[],
  onCompared?: (compared: number) => void,
): Promise<ImportPlan> {
  let compared = 0;
  const standings = await inParallel(histories, AT_ONCE, context.signal, async (history, _index, signal) => {
    const either = { ...context, signal };
    const standing = await insist(either, () => compareSession(either, history));
    compared += 1;
    onCompared?.(compared);
    return { history, standing };
  });
  return {
    sessions: standings.flatMap(({ history, standing }) =>
      standing.kind === 'other' ? [] : [{ history, standing }],
    ),
    others: standings.flatMap(({ history: { key }, standing }) =>
      standing.kind === 'other' ? [{ key, reason: standing.reason }] : [],
    ),
  };
}
