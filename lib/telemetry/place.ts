import type { Context } from '@opentelemetry/api';
import type { Ids } from './ids.ts';

/** What an invocation or a unit of work has in common; the ids grow as they become known. */
export interface Scope {
  ids: Ids;
}

/** Where something happens: in which unit of work, and in which of its spans. */
export interface Place {
  readonly scope: Scope;
  readonly context: Context;
}
