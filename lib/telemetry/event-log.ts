import { Logger } from '@aws-lambda-powertools/logger';
import { describeError } from './describe-error.ts';
import { eventLines } from './event-lines.ts';
import type { Ids } from './ids.ts';
import { LineFormatter } from './line-formatter.ts';
import type { ReportedEvent } from './reported-event.ts';
import type { EventType } from './telemetry-event.ts';

export interface EventLogOptions {
  /** `api`, `commit` or `follow-up`. */
  readonly functionName: string;
  readonly stage: string;
}

/**
 * Writes one line of JSON per event to the function's log: the ids, and what `eventLines` says that the event shows.
 * An event that is not in that table shows nothing but its name.
 */
export function eventLog({ functionName, stage }: EventLogOptions): (event: ReportedEvent, ids: Ids) => void {
  const logger = new Logger({
    logFormatter: new LineFormatter(),
    persistentKeys: { function: functionName, stage },
  });
  return (event, ids) => {
    const { level, shows } = lineOf(event.type);
    logger[level](event.type, { ...ids, ...eventIds(event), ...shown(event, shows) });
  };
}

/** Whether an event says that something failed for good. */
export function isFailure({ type }: ReportedEvent): boolean {
  return lineOf(type).level === 'error';
}

function lineOf(type: string): { level: 'info' | 'warn' | 'error'; shows: readonly string[] } {
  return Object.hasOwn(eventLines, type) ? eventLines[type as EventType] : { level: 'info', shows: [] };
}

/** Ids that the event itself says are surer than those of what surrounds it. */
function eventIds({ tenant, session, commitId }: ReportedEvent): object {
  return Object.fromEntries(
    Object.entries({ tenant, session, commitId }).filter(([, id]) => typeof id === 'string'),
  );
}

function shown(event: ReportedEvent, names: readonly string[]): object {
  return Object.fromEntries(
    names.map((name) => [name, name === 'error' ? describeError(event[name]) : event[name]]),
  );
}
