import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Context,
  context as contexts,
  SpanStatusCode,
  type Tracer,
  trace as traces,
} from '@opentelemetry/api';
import { parseTraceparent } from '../trace/index.ts';
import { type EventLogOptions, eventLog, isFailure } from './event-log.ts';
import { flushSpans } from './flush-spans.ts';
import { metricPublisher } from './metric-publisher.ts';
import { openSpan, parentOf, type SpanStart, type TraceIds } from './open-span.ts';
import type { Place, Scope } from './place.ts';
import type { ReportedEvent } from './reported-event.ts';
import { spanAttributes } from './span-attributes.ts';
import type { Telemetry } from './telemetry.ts';
import { tracedSender } from './traced-sender.ts';

export interface TelemetryOptions extends EventLogOptions {
  /** OpenTelemetry's; records nothing unless an SDK is registered. */
  readonly tracer: Tracer;
  readonly traceIds: TraceIds;
}

/** The logs, metrics and traces of one function. */
export function makeTelemetry(options: TelemetryOptions): Telemetry {
  const { tracer, traceIds: ids } = options;
  // What runs side by side in one batch is told apart by where it was started, timers of leases included.
  const places = new AsyncLocalStorage<Place>();
  const report = reporter(options);
  const inSpan = <T>(start: SpanStart, scope: Scope, parent: Context, work: () => Promise<T>): Promise<T> =>
    openSpan({ tracer, ids }, start, parent, (context) => {
      const traceId = traces.getSpanContext(context)?.traceId;
      scope.ids = { ...scope.ids, ...(traceId !== undefined && { traceId }) };
      return places.run({ scope, context }, work);
    });

  return {
    onEvent(event) {
      const place = places.getStore();
      if (place && isFailure(event)) markFailed(place, event);
      report.event(event, place?.scope);
    },
    trace(name, work) {
      const place = places.getStore();
      return place ? inSpan({ name }, place.scope, place.context, work) : work();
    },
    note(more) {
      const scope = places.getStore()?.scope;
      if (scope) scope.ids = { ...more, ...scope.ids };
    },
    traced: (sender) => tracedSender(() => places.getStore(), sender),
    invocation: (requestId, work) =>
      places.run({ scope: { ids: { requestId } }, context: contexts.active() }, async () => {
        try {
          return await work();
        } finally {
          report.publish(requestId);
          await flushSpans();
        }
      }),
    unit(own, traceparent) {
      const traceId = parseTraceparent(traceparent)?.traceId;
      const outer = places.getStore()?.scope.ids;
      const scope: Scope = { ids: { ...outer, ...own, ...(traceId !== undefined && { traceId }) } };
      return {
        run: (start, work) =>
          inSpan({ ...start, attributes: spanAttributes(own) }, scope, parentOf(traceparent), work),
        onEvent: (event) => report.event(event, scope),
      };
    },
  };
}

function reporter(options: EventLogOptions) {
  const log = eventLog(options);
  const metrics = metricPublisher(options);
  return {
    event(event: ReportedEvent, scope: Scope | undefined): void {
      const { archive } = event;
      if (scope && typeof archive === 'number') scope.ids = { ...scope.ids, archive };
      log(event, scope?.ids ?? {});
      metrics.record(event);
    },
    publish: metrics.publish,
  };
}

function markFailed({ context }: Place, { type }: ReportedEvent): void {
  traces.getSpan(context)?.setStatus({ code: SpanStatusCode.ERROR, message: type });
}
