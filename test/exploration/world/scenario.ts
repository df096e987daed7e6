import type { AutoCommitPolicy } from '../../../lib/session/index.ts';
import type { PlannedAppend } from '../roles/appender.ts';
import type { PlannedEmbedding } from '../roles/embedding-worker.ts';

/** Who takes part, in what, and how much may go wrong. */
export interface Scenario {
  readonly name: string;
  /** One appender for each list; it makes one append after the other. */
  readonly appends: readonly (readonly PlannedAppend[])[];
  /** Messages that are live before anything begins. */
  readonly live: number;
  /** Commits that are on the queue before anything begins, of whatever is live when they run. */
  readonly queuedCommits: number;
  /** The commits that are queued have ended, and only their follow-ups are left, before anything begins. */
  readonly isCommitted?: boolean;
  /** Each of the queued commits takes one message. */
  readonly commitsOneEach?: boolean;
  /** The archives of the commits that have ended are followed up before anything begins. */
  readonly isFollowedUp?: boolean;
  /** What each of the workers embeds; without it, nothing is embedded. */
  readonly embeddings?: readonly PlannedEmbedding[];
  /** So many of the commits have been given up before anything begins, and an operator replays them. */
  readonly replayedCommits?: number;
  /** Deliveries before a message goes to the dead-letter queue; 5 unless given. */
  readonly maxReceiveCount?: number;
  /** Commits that a frontend asks for meanwhile, through the API. */
  readonly requestedCommits: number;
  /** None of them has a key, and the frontend waits so long between them; without it, all but the first have one. */
  readonly requestPauseMs?: number;
  readonly keepRecent: number;
  readonly commitWorkers: number;
  readonly followUpWorkers: number;
  readonly readers: number;
  /** Frontends that delete the session. */
  readonly deleters?: number;
  /** They delete what was remembered of it, too. */
  readonly erasesMemories?: boolean;
  /** What people do to the one memory, one after the other. */
  readonly entries?: readonly ('edit' | 'forget')[];
  /** What the model finds takes back what was known. */
  readonly takesBack?: boolean;
  /** Another session has spoken of the same before. */
  readonly hasOther?: boolean;
  /** The archives of the commits that have ended are followed up, and the first is to be extracted once more. */
  readonly extractsAgain?: boolean;
  /** What becomes of commits and memories is told on a bus, from the table's stream. */
  readonly publishes?: boolean;
  /** Whether the queue keeps the group's order; without it, deliveries of one session run side by side. */
  readonly isOrdered: boolean;
  /** The schedule fires for commits whose worker may have died at the last delivery. */
  readonly recordsDeaths?: boolean;
  /** When the session is committed without being asked; the schedule fires for it only then. */
  readonly policy?: AutoCommitPolicy;
  /** The schedule may fire twice at once; only a fault makes it. */
  readonly checksTwice?: boolean;
  /** A message of the commit queue may vanish, as by a purge; only a fault makes it. */
  readonly messagesVanish?: boolean;
  /** A process that stands still goes on, and a late request arrives, within that time; at any time without it. */
  readonly lifetimeMs?: number;
  readonly maxFaults: number;
  /** Every schedule of it is followed, however long that takes; of others as many as there is time for. */
  readonly isFollowedWhole?: boolean;
  /** Too large to follow every schedule of it. */
  readonly isForWalks?: boolean;
}

/** Where actors run; a place is free again when its actor has ended or crashed. */
export interface Place {
  readonly role:
    | 'appender'
    | 'requester'
    | 'reader'
    | 'deleter'
    | 'editor'
    | 'commit-worker'
    | 'follow-up-worker'
    | 'embedding-worker'
    | 'publisher'
    | 'checker'
    | 'replayer'
    | 'operator';
  /** Short and unique: part of the actors' names and of written schedules. */
  readonly name: string;
}

export function placesOf({
  appends,
  requestedCommits,
  readers,
  commitWorkers,
  followUpWorkers,
  policy,
  checksTwice = false,
  deleters = 0,
  entries = [],
  embeddings = [],
  replayedCommits = 0,
  publishes = false,
  recordsDeaths = false,
}: Scenario): Place[] {
  const places = (role: Place['role'], letter: string, count: number) =>
    Array.from({ length: count }, (_, index) => ({ role, name: `${letter}${index + 1}` }));
  return [
    ...places('appender', 'a', appends.length),
    ...places('requester', 'q', requestedCommits > 0 ? 1 : 0),
    ...places('commit-worker', 'w', commitWorkers),
    ...places('follow-up-worker', 'f', followUpWorkers),
    ...places('embedding-worker', 'm', embeddings.length),
    ...places('reader', 'r', readers),
    ...places('deleter', 'd', deleters),
    ...places('editor', 'e', entries.length > 0 ? 1 : 0),
    ...places('publisher', 'b', publishes ? 1 : 0),
    ...places('checker', 's', policy || recordsDeaths ? (checksTwice ? 2 : 1) : 0),
    ...places('replayer', 'p', replayedCommits > 0 ? 1 : 0),
    { role: 'operator', name: 'x' },
  ];
}
