import { trace as traces } from '@opentelemetry/api';
import { makeTelemetry } from '../../lib/telemetry/index.ts';

/** The telemetry of one function; trace ids are counted. */
export function testTelemetry(functionName = 'commit') {
  let ids = 0;
  const newId = (digits: number) => {
    ids += 1;
    return `${functionName.length.toString(16)}${ids.toString(16)}`.padStart(digits, 'a');
  };
  return makeTelemetry({
    functionName,
    stage: 'test',
    tracer: traces.getTracer('commitlane'),
    traceIds: { newTraceId: () => newId(32), newSpanId: () => newId(16) },
  });
}
