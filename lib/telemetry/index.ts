export { jsonLogger, type ReportedEvent } from './json-logger.ts';
