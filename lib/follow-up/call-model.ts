import type { FollowUpStep } from '../archive/index.ts';
import { startDeadline, untilAborted } from '../clock/index.ts';
import type { TimeoutPolicy } from '../limits/index.ts';
import { type Model, type ModelAnswer, withCleanText, withRedaction } from '../model/index.ts';
import { StepTimeoutError } from './errors.ts';
import type { FollowUpRun } from './follow-up-run.ts';

/** A model's answer with its name, or why there is none. */
type StepAnswer<T> =
  | ({ readonly outcome: 'done'; readonly by: string } & ModelAnswer<T>)
  | { readonly outcome: 'skipped'; readonly reason: string };

/**
 * Asks the model, for at most the step's time, with clean text on both sides and without secrets where they are to be taken
 * out, whichever model it is; no lease is held meanwhile. What follows when the time is up is the policy's to say.
 *
 * @throws StepTimeoutError under the policy `fail`; what the model throws, under any policy.
 */
export async function callModel<T>(
  run: FollowUpRun,
  step: FollowUpStep,
  { timeoutMs, onTimeout }: { readonly timeoutMs: number; readonly onTimeout: TimeoutPolicy },
  ask: (model: Model, signal: AbortSignal) => Promise<ModelAnswer<T>>,
): Promise<StepAnswer<T>> {
  const { model, fallback, signal, report, redact = 'memories' } = run;
  const filtered = (one: Model) => withRedaction(withCleanText(one), redact);
  using limit = startDeadline(run.lease.clock, timeoutMs, () => new StepTimeoutError(step, timeoutMs));
  const stepSignal = AbortSignal.any([signal, limit.signal]);
  report({ type: 'follow-up.asked', step, model: model.name });
  try {
    const answer = await untilAborted(ask(filtered(model), stepSignal), stepSignal);
    return { outcome: 'done', by: model.name, ...answer };
  } catch (error) {
    if (!(error instanceof StepTimeoutError)) throw error;
    report({ type: 'follow-up.timeout', step, timeoutMs });
    if (onTimeout === 'fail') throw error;
    if (onTimeout === 'skip') return { outcome: 'skipped', reason: error.message };
    report({ type: 'follow-up.fallback', step, model: fallback.name });
    const answer = await untilAborted(ask(filtered(fallback), signal), signal);
    return { outcome: 'done', by: fallback.name, ...answer };
  }
}
