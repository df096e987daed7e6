import type { Clock } from '../../lib/clock/index.ts';
import { localAws } from '../aws/index.ts';
import type { LocalFunction } from './local-function.ts';

export interface ScheduleOptions {
  readonly name: string;
  readonly ruleArn: string;
  readonly everyMs: number;
  readonly handlers: readonly LocalFunction[];
  readonly clock: Clock;
  /** Unique at every call. */
  readonly newId: () => string;
  readonly onError: (error: unknown) => void;
  /** One line that the schedule has to say. */
  readonly onLog: (line: string) => void;
}

export interface Schedule extends AsyncDisposable {
  /** Runs the functions once, besides the schedule's times, when the run that has begun is over; waits for their end. */
  run(): Promise<void>;
}

/** A timer of the runtime takes no more than 24 days. */
const MAX_SLEEP_MS = 24 * 60 * 60 * 1000;
/** On stop, a run may continue for this time before it is killed. */
const GRACE_MS = 5_000;

/**
 * Invokes functions again and again, as a rule of EventBridge does, the first time after one period. It never runs
 * twice at once: a time that comes while the last run is still going on is left out. What fails is reported, and not
 * repeated.
 */
export function startSchedule(options: ScheduleOptions): Schedule {
  const { name, everyMs, handlers, clock, onError, onLog } = options;
  const stop = new AbortController();
  let last: Promise<void> = Promise.resolve();
  let unfinished = 0;

  function run(): Promise<void> {
    unfinished += 1;
    last = last
      .then(async () => {
        if (stop.signal.aborted) onLog(`${name}: a run is left out, because the stack is stopping`);
        else await invokeAll(options);
      })
      .catch(onError)
      .finally(() => {
        unfinished -= 1;
      });
    return last;
  }

  async function keepTime(): Promise<void> {
    for (let dueAtMs = clock.now() + everyMs; ; dueAtMs = nextTime(dueAtMs, everyMs, clock.now())) {
      while (clock.now() < dueAtMs) {
        await clock.sleep(Math.min(dueAtMs - clock.now(), MAX_SLEEP_MS), stop.signal);
      }
      if (unfinished > 0) onLog(`${name} still runs: this time is left out`);
      else run();
    }
  }

  const ended = keepTime().catch((error: unknown) => {
    if (error !== stop.signal.reason) onError(error);
  });

  return {
    run,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await ended;
      const timer = setTimeout(() => {
        Promise.all(handlers.map((handler) => handler.killBusy())).catch(onError);
      }, GRACE_MS);
      await last;
      clearTimeout(timer);
    },
  };
}

/** Times that passed while the machine was asleep do not come any more. */
function nextTime(dueAtMs: number, everyMs: number, nowMs: number): number {
  return dueAtMs + everyMs * Math.max(1, Math.ceil((nowMs - dueAtMs) / everyMs));
}

async function invokeAll(options: ScheduleOptions): Promise<void> {
  const event = scheduledEvent(options);
  const results = await Promise.allSettled(options.handlers.map((handler) => handler.invoke(event)));
  for (const result of results) if (result.status === 'rejected') options.onError(result.reason);
}

/** As https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html has it. */
function scheduledEvent({ ruleArn, clock, newId }: ScheduleOptions) {
  return {
    version: '0',
    id: newId(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: localAws.accountId,
    // Whole seconds, as EventBridge writes them.
    time: new Date(clock.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: localAws.region,
    resources: [ruleArn],
    detail: {},
  };
}
