import type { Clock } from '../lib/clock/index.ts';
import type { Operations } from './operations.ts';
import type { ReplayDesk } from './replays/replay-desk.ts';
import type { Secrets } from './security/secrets.ts';

/** What the pages work with. */
export interface Desk {
  readonly operations: Operations;
  readonly replays: ReplayDesk;
  readonly secrets: Secrets;
  readonly clock: Clock;
  /** Known once the server listens. */
  readonly port: () => number;
  readonly onError: (error: unknown) => void;
}

/** What is known of one request. */
export interface ConsoleEnv {
  Variables: {
    /** Aborts when the page must be done. */
    signal: AbortSignal;
    /** What was sent, if something was. */
    form: URLSearchParams;
  };
}
