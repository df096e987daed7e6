import type { CommitlaneEvent, StreamChange } from '../../../lib/events/index.ts';
import { type Item, toCommitItem, toMemoryItem } from '../../../lib/table/index.ts';
import type { Call, Result } from '../actor/operation.ts';
import { scope, session } from '../roles/session.ts';
import type { State } from './state.ts';

/** The table's stream, as far as the function that publishes is fed from it, and what is on the bus. */
export interface StreamState {
  /** Every write to the status of a commit and to a memory, in order. */
  readonly changes: readonly StreamChange[];
  /** How many of them are published, as far as the Lambda service knows. */
  readonly position: number;
  /** What is behind is not given to anybody before then. */
  readonly readyAtMs: number;
  /** What is on the bus, by the events' ids, in the order in which they first came. */
  readonly told: ReadonlyMap<string, CommitlaneEvent>;
}

/** When the Lambda service finds out that a function has died. */
const TIMEOUT_MS = 60_000;
/** How long it waits after a failure. */
const RETRY_MS = 1_000;
/** When items expire says nothing here. */
const NEVER_MS = Number.MAX_SAFE_INTEGER;

export const emptyStream: StreamState = { changes: [], position: 0, readyAtMs: 0, told: new Map() };

/** What waits to be published, and may be taken now. */
export function readyChanges(
  { changes, position, readyAtMs }: StreamState,
  nowMs: number,
): readonly StreamChange[] {
  return readyAtMs > nowMs ? [] : changes.slice(position);
}

export function takeChanges(stream: StreamState, nowMs: number): StreamState {
  return { ...stream, readyAtMs: nowMs + TIMEOUT_MS };
}

/** Enters what a call wrote into the stream; the same state where nobody publishes. */
export function withWrites(before: State, after: State): State {
  const { stream, nowMs } = after;
  if (!stream) return after;
  const scopeKey = { tenant: session.tenant, scope };
  const written = [
    ...pairs(before.session.commits, after.session.commits).map((pair) =>
      asItems(pair, (commit) => toCommitItem(session, commit, NEVER_MS)),
    ),
    ...pairs(before.memories.memories, after.memories.memories).map((pair) =>
      asItems(pair, (memory) => toMemoryItem(scopeKey, memory)),
    ),
  ].filter(isFedToFunction);
  if (written.length === 0) return after;
  const changes = written.map((images, index): StreamChange => {
    const { pk, sk } = (images.after ?? images.before) as { readonly pk: string; readonly sk: string };
    return { sequence: String(stream.changes.length + index + 1), atMs: nowMs, pk, sk, ...images };
  });
  return { ...after, stream: { ...stream, changes: [...stream.changes, ...changes] } };
}

interface Pair<T> {
  readonly before: T | undefined;
  readonly after: T | undefined;
}

/** What two maps have not in common. */
function pairs<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): Pair<T>[] {
  if (before === after) return [];
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((name) => ({ before: before.get(name), after: after.get(name) }))
    .filter((pair) => pair.before !== pair.after);
}

type Images = Pick<StreamChange, 'before' | 'after'>;

function asItems<T>({ before, after }: Pair<T>, toItem: (one: T) => Item): Images {
  return { ...(before && { before: toItem(before) }), ...(after && { after: toItem(after) }) };
}

/** As the event source mapping in `cdk/events.ts` filters. */
function isFedToFunction({ before, after }: Images): boolean {
  return after !== undefined || String(before?.['sk']).startsWith('MEMORY#');
}

/** Carries out a call to the stream, as the Lambda service does when its function has ended, or to the bus. */
export function callStream(state: State, call: Call): { readonly state: State; readonly result: Result } {
  const { stream = emptyStream, nowMs } = state;
  if (call.port === 'bus') {
    const [events] = call.args as [readonly CommitlaneEvent[]];
    return { state: { ...state, stream: put(stream, events) }, result: { kind: 'answer', value: [] } };
  }
  const [last, failed] = call.args as [string, string | undefined];
  const next = {
    ...stream,
    position: failed === undefined ? Number(last) : Number(failed) - 1,
    readyAtMs: failed === undefined ? nowMs : nowMs + RETRY_MS,
  };
  return { state: { ...state, stream: next }, result: { kind: 'answer', value: undefined } };
}

/** The bus takes all but the first of the events. */
export function putInPart(state: State, call: Call): { readonly state: State; readonly result: Result } {
  const { stream = emptyStream } = state;
  const [[first, ...others]] = call.args as [readonly CommitlaneEvent[]];
  return {
    state: { ...state, stream: put(stream, others) },
    result: { kind: 'answer', value: first ? [first] : [] },
  };
}

function put(stream: StreamState, events: readonly CommitlaneEvent[]): StreamState {
  const isNew = ({ id }: CommitlaneEvent) => !stream.told.has(id);
  const told = new Map(stream.told);
  for (const event of events.filter(isNew)) told.set(event.id, event);
  return { ...stream, told };
}
