import type { Clock } from '../../../lib/clock/index.ts';

import type { VectorStore } from '../../../lib/embedding/index.ts';
import type { EventBus } from '../../../lib/events/index.ts';
import type { LeaseStore } from '../../../lib/lease/index.ts';
import type { MemoryStore } from '../../../lib/memory/index.ts';
import type { Model } from '../../../lib/model/index.ts';
import type {
  CommitMessage,
  Delivery,
  DeliveryControl,
  FollowUpMessage,
  Sender,
} from '../../../lib/queue/index.ts';
import type { SessionStore } from '../../../lib/store/index.ts';
import type { Note } from './note.ts';

/**
 * A queue as its senders and its consumers see it; `acknowledge` is what the Lambda service does for a consumer, and
 * `resend` what an operator's replay does with a dead letter.
 */
type QueuePort<Body> = Sender<Body> &
  DeliveryControl & {
    acknowledge(delivery: Delivery): Promise<void>;
    resend(message: {
      readonly dedupId: string;
      readonly body: Body;
      readonly replay: string;
    }): Promise<void>;
  };

/** The stream as the Lambda service reads it for a function. */
interface StreamPort {
  /** The function has handled what it was given, up to a change, or has failed at one of them. */
  moveOn(last: string, failed: string | undefined): Promise<void>;
}

/** Everything that an actor can touch. Each call of a port waits until the schedule lets it go on. */
export interface ActorPorts {
  /** Unique to one run of one actor. */
  readonly name: string;
  readonly store: SessionStore;
  readonly leases: LeaseStore;
  readonly memories: MemoryStore;
  readonly commitQueue: QueuePort<CommitMessage>;
  readonly followUpQueue: QueuePort<FollowUpMessage>;
  readonly model: Model;
  readonly vectors: VectorStore;
  readonly stream: StreamPort;
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly random: () => number;
  readonly newId: () => string;
  /** Tells the invariants what the actor believes. */
  readonly note: (note: Note) => void;
}

/** What an actor does: the real protocol, wired to the ports. */
export type Program = (ports: ActorPorts) => Promise<void>;
