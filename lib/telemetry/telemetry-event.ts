import type { ApiEvent } from '../api/index.ts';
import type { AutoCommitEvent } from '../auto-commit/index.ts';
import type { CommitEvent } from '../commit/index.ts';
import type { ContextEvent } from '../context/index.ts';
import type { PublishingEvent } from '../events/index.ts';
import type { FollowUpEvent } from '../follow-up/index.ts';
import type { LeaseEvent } from '../lease/index.ts';
import type { LimitsEvent } from '../limits/index.ts';
import type { MemoryEvent } from '../memory/index.ts';
import type { QueueEvent } from '../queue/index.ts';
import type { SearchEvent } from '../search/index.ts';

/** Every event that the domain reports. */
type TelemetryEvent =
  | ApiEvent
  | AutoCommitEvent
  | CommitEvent
  | ContextEvent
  | FollowUpEvent
  | LeaseEvent
  | LimitsEvent
  | MemoryEvent
  | PublishingEvent
  | QueueEvent
  | SearchEvent;

export type EventType = TelemetryEvent['type'];

export type EventOf<Type extends EventType> = Extract<TelemetryEvent, { readonly type: Type }>;
