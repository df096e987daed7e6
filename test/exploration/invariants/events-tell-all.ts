import { isDeepStrictEqual } from 'node:util';
import { toAuthorView } from '../../../lib/api/views/index.ts';
import { type CommitlaneEvent, eventsOf } from '../../../lib/events/index.ts';
import { type CommitStatus, statusAsOf } from '../../../lib/session/index.ts';
import { FUNCTION_MS } from '../roles/consume.ts';
import type { StreamState } from '../world/event-stream.ts';
import type { State } from '../world/state.ts';
import type { Invariant } from './invariant.ts';

/** The ends of a commit that whoever waits for one must hear of. */
const ends = ['completed', 'dead-lettered', 'empty', 'skipped', 'cancelled'];

/**
 * Every end of a commit, its archive, and what a memory says are told: at least once, in order, and with an id that is
 * the same when it is told again. No text leaves that nobody says any more.
 */
export const eventsTellAll: Invariant = {
  name: 'events-tell-all',
  afterStep({ before, choice, effects, after }, { scenario }) {
    if (!before.stream || !after.stream) return undefined;
    if (choice.kind === 'close' && scenario.recordsDeaths) {
      const untold = untoldDeath(before);
      if (untold) return untold;
    }
    const erased = erasedText(before.stream, after);
    if (erased !== undefined) return `'${erased}' is told, and stands in no statement`;
    if (before.stream.told === after.stream.told) return undefined;
    const put = effects.flatMap(({ call }) =>
      call.port === 'bus' ? (call.args[0] as readonly CommitlaneEvent[]) : [],
    );
    const known = [...before.stream.told.values()];
    const others = put.find((event) => !isDeepStrictEqual(after.stream?.told.get(event.id) ?? event, event));
    if (others) return `the id ${others.id} is that of two events`;
    const added = [...after.stream.told.values()].filter(({ id }) => !before.stream?.told.has(id));
    for (const event of added) {
      const behind = known.find(
        (one) => subjectOf(one) === subjectOf(event) && one.sequence >= event.sequence,
      );
      if (behind)
        return `${nameOf(event)} is first told after ${nameOf(behind)}, with ids ${event.id} and ${behind.id}`;
      known.push(event);
    }
    return undefined;
  },
  atEnd(state) {
    if (!state.stream) return undefined;
    const told = [...state.stream.told.values()];
    return untoldCommit(state, told) ?? untoldMemory(state, told);
  },
};

/** A text that the event of a write has, though the write has taken away all that says so. */
function erasedText({ changes }: StreamState, { stream, memories }: State): string | undefined {
  const said = new Set([...memories.statements.values()].map(({ text }) => text));
  return stream?.changes
    .slice(changes.length)
    .flatMap(eventsOf)
    .flatMap((event) => (event.type === 'memory.changed' ? [event.before?.text, event.after?.text] : []))
    .find((text) => text !== undefined && !said.has(text));
}

/** Orders are those of a session's commits, and of one memory. */
function subjectOf(event: CommitlaneEvent): string {
  return event.type === 'memory.changed' ? `${event.category}#${event.key}` : 'session';
}

const nameOf = (event: CommitlaneEvent) => `${event.type} (${event.sequence})`;

function untoldCommit({ session }: State, told: readonly CommitlaneEvent[]): string | undefined {
  for (const commit of session.commits.values()) {
    const events = told.filter((event) => 'commitId' in event && event.commitId === commit.commitId);
    const tellings = (type: string) => events.filter((event) => event.type === type).length;
    for (const [type, expected] of expectedOf(commit)) {
      if (tellings(type) !== expected)
        return `${type} of ${commit.commitId} is told ${tellings(type)} times, with as many ids, and happened ${expected} times`;
    }
  }
  return undefined;
}

/** Nothing more happens by itself: who reads the commits knows no more than who hears of them. */
function untoldDeath({ session, nowMs }: State): string | undefined {
  const silent = [...session.commits.values()].find(
    (commit) => statusAsOf(commit, nowMs + FUNCTION_MS + 1).state !== commit.state,
  );
  return silent && `${silent.commitId} reads dead-lettered, and nobody is told so`;
}

function expectedOf({
  archive,
  timeline,
}: CommitStatus): readonly (readonly [type: string, count: number])[] {
  return [
    ['commit.archived', archive === undefined ? 0 : 1],
    ...ends.map((end) => [`commit.${end}`, timeline.filter(({ event }) => event === end).length] as const),
  ];
}

/** Whoever follows the events by their sequence knows what is remembered. */
function untoldMemory(
  { memories: { memories } }: State,
  told: readonly CommitlaneEvent[],
): string | undefined {
  const changes = told.flatMap((event) => (event.type === 'memory.changed' ? [event] : []));
  const bySequence = changes.toSorted((a, b) => (a.sequence < b.sequence ? -1 : 1));
  const known = new Map(bySequence.map(({ category, key, after }) => [`${category}#${key}`, after]));
  for (const [name, after] of known) {
    if (after && !memories.has(name)) return `nobody was told that memory '${name}' is gone`;
  }
  for (const [name, { text, by }] of memories) {
    const after = known.get(name);
    if (after?.text !== text || !isDeepStrictEqual(after?.by, toAuthorView(by)))
      return `of memory '${name}' is told '${after?.text}', and it says '${text}'`;
  }
  return undefined;
}
