import type { Mutant } from './mutant.ts';

/** Mistakes that would let a commit read alive that is dead, or lose a death from its timeline. */
export const replayMutants: readonly Mutant[] = [
  {
    name: 'retry noted over a later death',
    scenario: 'replay',
    edits: [
      {
        file: 'store/in-process/commit-requests.ts',
        find: 'if (!commit || !isAsSeen(commit, seen)) return false;',
        replace: 'if (!commit) return false;',
      },
    ],
  },
  {
    name: 'second death not recorded',
    scenario: 'replay',
    edits: [
      {
        file: 'session/commit-transitions.ts',
        find: `'give-up': { from: statesBeforeArchive,`,
        replace: `'give-up': { from: ['queued', 'committing'],`,
      },
      {
        file: 'session/commit-transitions.ts',
        find: `  'give-up-again': {
    from: [...statesBeforeArchive, 'dead-lettered'],`,
        replace: `  'give-up-again': {
    from: ['queued', 'committing', 'dead-lettered'],`,
      },
    ],
  },
  {
    name: 'retry left to whoever has sent the letter',
    scenario: 'replay',
    edits: [
      {
        file: 'commit/begin-delivery.ts',
        find: 'if (delivery.replay !== undefined) {',
        replace: 'if (delivery.replay === undefined) {',
      },
      {
        file: 'commit/after-failure.ts',
        find: `return replay === undefined ? 'give-up' : 'give-up-again';`,
        replace: `return 'give-up';`,
      },
    ],
  },
];
