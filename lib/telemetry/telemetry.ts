import type { Sender } from '../queue/index.ts';
import type { Trace } from '../trace/index.ts';
import type { Ids } from './ids.ts';
import type { SpanStart } from './open-span.ts';
import type { ReportedEvent } from './reported-event.ts';

/** One function's logs, metrics and traces. */
export interface Telemetry {
  /** Logs and measures an event, with the ids of the invocation or the unit of work that it happens in. */
  readonly onEvent: (event: ReportedEvent) => void;
  /** A step of the unit of work that is under way. */
  readonly trace: Trace;
  /** Adds ids to the unit of work that is under way; those that it has stay. */
  note(ids: Ids): void;
  /** A sender whose messages carry the trace that they are sent in. */
  traced<Body extends Traced>(sender: Sender<Body>): Sender<Body>;
  /** One run of the function; publishes its metrics when it ends, however it ends. */
  invocation<T>(requestId: string, work: () => Promise<T>): Promise<T>;
  /** A unit of work within an invocation: a request, or the delivery of a message, which goes on with its trace. */
  unit(ids: Ids, traceparent?: string): Unit;
}

interface Unit {
  /** Does the work as one span; whatever is reported meanwhile has the unit's ids. */
  run<T>(span: SpanStart, work: () => Promise<T>): Promise<T>;
  /** Reports what happens to the unit outside of its work. */
  onEvent(event: ReportedEvent): void;
}

/** A message's body, as far as tracing sees it. */
export interface Traced {
  readonly commitId?: string;
  readonly traceparent?: string | undefined;
}
