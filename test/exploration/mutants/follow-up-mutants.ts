import type { Mutant } from './mutant.ts';

/** Mistakes that would let a summary or a memory take effect twice, or hold a lease too long. */
export const followUpMutants: readonly Mutant[] = [
  {
    name: 'follow-up holding a lease during the model call',
    scenario: 'follow-up',
    edits: [
      {
        file: 'follow-up/follow-up-archive.ts',
        find: `import { extractMemories } from './extract-memories.ts';`,
        replace: `import { withLease } from '../lease/index.ts';
import { extractMemories } from './extract-memories.ts';`,
      },
      {
        file: 'follow-up/follow-up-archive.ts',
        find: `await step('summary', () => writeSummary(run));`,
        replace: `await withLease(
    run.lease,
    { resource: 'summary', owner: run.owner, policy: run.limits.memoryLease, signal: run.signal },
    () => step('summary', () => writeSummary(run)),
  );`,
      },
    ],
  },
  {
    name: 'manifest written again by whoever finishes',
    scenario: 'commit-and-follow-up',
    edits: [
      {
        file: 'store/in-process/archive-requests.ts',
        find: 'putIfAbsent(manifests, archive, manifest);',
        replace: 'manifests.set(archive, manifest) !== undefined;',
      },
    ],
  },
  {
    name: 'step recorded again',
    scenario: 'follow-up',
    edits: [
      {
        file: 'store/in-process/with-extraction.ts',
        find: 'if (!manifest || manifest.followUp[step]) return undefined;',
        replace: 'if (!manifest) return undefined;',
      },
    ],
  },
];
