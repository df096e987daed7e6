export { makeTelemetry } from './make-telemetry.ts';
export { type MetricName, metricDefinitions, NAMESPACE } from './metric-definitions.ts';
export type { ReportedEvent } from './reported-event.ts';
export type { Telemetry } from './telemetry.ts';
