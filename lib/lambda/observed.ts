import type middy from '@middy/core';
import { executionModeStandard } from '@middy/core/executionModeStandard';
import type { Telemetry } from '../telemetry/index.ts';

export interface ObservedOptions<Event> {
  readonly telemetry: Telemetry;
  /** The unit of work that one run is. Unless given, a run has units of its own: the deliveries of a batch, for one. */
  readonly unitOf?: (event: Event) => UnitOfRun;
}

/** A unit of work, as `Telemetry.unit` and its `run` take it. */
export interface UnitOfRun {
  readonly ids: Parameters<Telemetry['unit']>[0];
  readonly traceparent?: string | undefined;
  readonly span: Parameters<ReturnType<Telemetry['unit']>['run']>[0];
}

interface Run<Event> {
  readonly event: Event;
  readonly context: { readonly awsRequestId: string };
}

/** What middy hands to an execution mode first; its types leave that out. */
interface Core<Event> {
  readonly runRequest: (run: Run<Event>, ...chain: readonly unknown[]) => Promise<unknown>;
}

const standard: (core: object, ...chain: readonly unknown[]) => void = executionModeStandard;

/**
 * Has middy observe a function: all that a run reports, in its middlewares and in its handler, has the ids of the run,
 * and its metrics are published when it ends, however it ends.
 *
 * It is an execution mode, and no middleware, because what is told apart by asynchronous context has to enclose the
 * run; `before` and `after` only stand beside it. middy's own early end is off: `timeLeft` lets work end in order.
 */
export function observed<Event>({ telemetry, unitOf }: ObservedOptions<Event>): middy.PluginObject {
  function within(event: Event, work: () => Promise<unknown>): Promise<unknown> {
    if (!unitOf) return work();
    const { ids, traceparent, span } = unitOf(event);
    return telemetry.unit(ids, traceparent).run(span, work);
  }

  return {
    timeoutEarlyInMillis: 0,
    executionMode(...given: readonly unknown[]) {
      const [core, ...chain] = given as [Core<Event>, ...unknown[]];
      const runRequest: Core<Event>['runRequest'] = (run, ...rest) =>
        telemetry.invocation(run.context.awsRequestId, () =>
          within(run.event, () => core.runRequest(run, ...rest)),
        );
      return standard({ ...core, runRequest }, ...chain);
    },
  };
}
