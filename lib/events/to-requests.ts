import type { EventBus } from './event-bus.ts';
import type { CommitlaneEvent } from './event-schema.ts';
import type { StreamChange } from './stream-change.ts';

/** An event, and the write that it comes from. */
export interface Publication {
  readonly change: StreamChange;
  readonly event: CommitlaneEvent;
}

type Request = readonly [Publication, ...Publication[]];

/**
 * Divides publications into requests that a bus takes. A request has one event at most of each session, and of each
 * memory: it may be taken in part, and then the second of two could be there before the first.
 */
export function toRequests(
  publications: readonly Publication[],
  { maxEntries, maxBytes, sizeOf }: Pick<EventBus, 'maxEntries' | 'maxBytes' | 'sizeOf'>,
): Request[] {
  const requests: [Publication, ...Publication[]][] = [];
  let subjects = new Set<string>();
  let bytes = 0;
  for (const publication of publications) {
    const subject = subjectOf(publication);
    const size = sizeOf(publication.event);
    const request = requests.at(-1);
    if (!request || request.length === maxEntries || subjects.has(subject) || bytes + size > maxBytes) {
      requests.push([publication]);
      subjects = new Set([subject]);
      bytes = size;
    } else {
      request.push(publication);
      subjects.add(subject);
      bytes += size;
    }
  }
  return requests;
}

/** The session of a commit, or the memory. */
function subjectOf({ change: { pk, sk }, event }: Publication): string {
  return event.type === 'memory.changed' ? `${pk}#${sk}` : pk;
}
