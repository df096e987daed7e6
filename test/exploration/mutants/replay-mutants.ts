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
        file: 'commit/handle-commit.ts',
        find: `const states: readonly CommitState[] = ['queued', 'committing', 'retrying'];`,
        replace: `const states: readonly CommitState[] = ['queued', 'committing'];`,
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
        file: 'commit/handle-commit.ts',
        find: `[...states, 'dead-lettered']`,
        replace: 'states',
      },
    ],
  },
];
