import {
  type ImportOptions,
  type ImportPlan,
  type ImportResult,
  runImport,
} from '../../lib/transfer/index.ts';
import { explainError } from '../errors/index.ts';
import type { Target, Work } from '../target/index.ts';
import { pace } from '../words/index.ts';

/** What an import has done. */
export interface ImportDocument extends Omit<ImportResult, 'stopped'> {
  /** Why it ended before it was through; the same command continues. */
  readonly stopped?: { readonly code: string; readonly reason: string };
}

/** Imports what a plan found to be missing. What is stored when it ends, in whatever way, is not stored again. */
export async function importFiles(
  target: Target,
  plan: ImportPlan,
  options: ImportOptions,
  { signal, report }: Work,
): Promise<ImportDocument> {
  const startedAtMs = target.clock.now();
  const { stopped, ...result } = await runImport({ ...target, signal }, plan, options, (progress) => {
    const { done, total, imported } = progress;
    const text = `messages are stored${pace({ done: imported, left: total - done }, target.clock.now() - startedAtMs)}`;
    report?.({ text, counted: { done, total } });
  });
  if (!stopped) return result;
  if (signal.aborted) return { ...result, stopped: { code: 'interrupted', reason: 'It was interrupted.' } };
  const { code, message } = explainError(stopped.error);
  return { ...result, stopped: { code, reason: message } };
}
