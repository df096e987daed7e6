import {
  type Context,
  context as contexts,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace as traces,
} from '@opentelemetry/api';
import { parseTraceparent } from '../trace/index.ts';
import { describeError } from './describe-error.ts';

export interface SpanStart {
  readonly name: string;
  readonly kind?: 'request' | 'message' | 'internal';
  readonly attributes?: Readonly<Record<string, string | number>>;
}

/** Makes ids for a trace that nobody else makes any for. */
export interface TraceIds {
  /** 32 hex digits, not all of them zero. */
  newTraceId(): string;
  /** 16 hex digits, not all of them zero. */
  newSpanId(): string;
}

const kinds = {
  request: SpanKind.SERVER,
  message: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
} as const;

/**
 * Does work as a span below `parent`, in the context that it is given.
 *
 * Without an SDK of OpenTelemetry no span is recorded, but every trace has an id all the same: the parent's, or, where
 * there is none, a new one.
 */
export async function openSpan<T>(
  { tracer, ids }: { readonly tracer: Tracer; readonly ids: TraceIds },
  { name, kind = 'internal', attributes = {} }: SpanStart,
  parent: Context,
  work: (context: Context) => Promise<T>,
): Promise<T> {
  const links = linksBesides(parent);
  const span = identified(tracer.startSpan(name, { kind: kinds[kind], attributes, links }, parent), ids);
  const context = traces.setSpan(parent, span);
  try {
    return await contexts.with(context, () => work(context));
  } catch (error) {
    const { name: errorName, message = errorName } = describeError(error);
    span.recordException({ name: errorName, message });
    span.setStatus({ code: SpanStatusCode.ERROR, message: errorName });
    throw error;
  } finally {
    span.end();
  }
}

/**
 * Where a trace that came with a message or a request goes on. A span that the runtime has opened already stays the
 * parent when nothing came, or when it belongs to the same trace.
 */
export function parentOf(traceparent: string | undefined): Context {
  const given = parseTraceparent(traceparent);
  const active = contexts.active();
  if (!given || traces.getSpanContext(active)?.traceId === given.traceId) return active;
  const { traceId, spanId, flags } = given;
  return traces.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: flags & TraceFlags.SAMPLED,
    isRemote: true,
  });
}

/** The runtime's own span, when the work goes on with another trace. */
function linksBesides(parent: Context) {
  const active = traces.getSpanContext(contexts.active());
  const isElsewhere =
    active !== undefined &&
    isSpanContextValid(active) &&
    active.traceId !== traces.getSpanContext(parent)?.traceId;
  return isElsewhere ? [{ context: active }] : [];
}

function identified(span: Span, ids: TraceIds): Span {
  if (isSpanContextValid(span.spanContext())) return span;
  return traces.wrapSpanContext({
    traceId: ids.newTraceId(),
    spanId: ids.newSpanId(),
    traceFlags: TraceFlags.SAMPLED,
  });
}
