import type { Mutant } from './mutant.ts';

/** Mistakes that would leave somebody waiting for an event, or tell the same as if it were something else. */
export const eventMutants: readonly Mutant[] = [
  {
    name: 'writes taken for published that the bus did not answer for',
    scenario: 'events',
    edits: [{ file: 'events/publish-changes.ts', find: 'return request[0].change;', replace: 'continue;' }],
  },
  {
    name: 'events that the bus did not take taken for published',
    scenario: 'events',
    edits: [
      {
        file: 'events/publish-changes.ts',
        find: '(left) => bus.put(left)',
        replace: 'async (left) => (await bus.put(left)).slice(left.length)',
      },
    ],
  },
  {
    name: 'events named by when they are published',
    scenario: 'events',
    edits: [
      {
        file: 'events/publish-changes.ts',
        find: '.map((event) => ({ change, event }))',
        replace: '.map((event) => ({ change, event: { ...event, id: event.id + context.clock.now() } }))',
      },
    ],
  },
  {
    name: 'events named by their item alone',
    scenario: 'events-overtaken',
    edits: [{ file: 'events/event-mark.ts', find: '[pk, sk, sequence]', replace: '[pk, sk]' }],
  },
  {
    name: 'two events of one session in one request',
    scenario: 'events-overtaken',
    edits: [{ file: 'events/to-requests.ts', find: 'subjects.has(subject)', replace: 'false' }],
  },
  {
    name: 'archive told by the state alone',
    scenario: 'events-overtaken',
    edits: [
      {
        file: 'events/commit-events-of.ts',
        find: 'if (after.archive === undefined || before?.archive !== undefined) return [];',
        replace: "if (after.state !== 'archived' || before?.state === 'archived') return [];",
      },
    ],
  },
  {
    name: 'text told that was erased',
    scenario: 'events-of-an-erasure',
    edits: [
      {
        file: 'events/memory-events-of.ts',
        find: 'toState(before, { hasText: isAddition(views) })',
        replace: 'toState(before, { hasText: true })',
      },
    ],
  },
  {
    name: 'memory not told when it is taken back',
    scenario: 'events-of-memories',
    edits: [
      {
        file: 'events/memory-events-of.ts',
        find: 'if (saysTheSame(views)) return [];',
        replace: 'if (saysTheSame(views) || views.after?.text === undefined) return [];',
      },
    ],
  },
  {
    name: 'death of a worker at its last delivery found, and not recorded',
    scenario: 'events-of-a-silent-death',
    edits: [
      { file: 'commit/record-death.ts', find: '  if (!death) {', replace: '  if (!death || nowMs > 0) {' },
    ],
  },
];
