import { trace as traces } from '@opentelemetry/api';
import type { Sender } from '../queue/index.ts';
import { formatTraceparent } from '../trace/index.ts';
import type { Place } from './place.ts';
import type { Traced } from './telemetry.ts';

/** A sender whose messages say in which span they were sent. Who sends for a commit learns its id so. */
export function tracedSender<Body extends Traced>(
  currentPlace: () => Place | undefined,
  sender: Sender<Body>,
): Sender<Body> {
  return {
    send(message) {
      const place = currentPlace();
      if (!place) return sender.send(message);
      const { body } = message;
      const { commitId } = body;
      if (commitId !== undefined) place.scope.ids = { commitId, ...place.scope.ids };
      const traceparent = traceparentOf(place);
      return sender.send({
        ...message,
        body: { ...body, ...(traceparent !== undefined && { traceparent }) },
      });
    },
  };
}

function traceparentOf({ context }: Place): string | undefined {
  const span = traces.getSpanContext(context);
  if (!span) return undefined;
  return formatTraceparent({ traceId: span.traceId, spanId: span.spanId, flags: span.traceFlags });
}
