import type { Mutant } from './mutant.ts';

/** Mistakes in the order of a commit, and in what its writes are conditional on. */
export const commitMutants: readonly Mutant[] = [
  {
    name: 'seal without the fence',
    scenario: 'side-by-side',
    edits: [
      {
        file: 'store/in-process/meta-requests.ts',
        find: `      const stored = fenced(key, fence);
      const { sealed } = stored.meta;
      if (sealed && sealed.archive !== seal.archive) throw new FenceRejectedError(key, fence);`,
        replace: '      const stored = existing(key);',
      },
    ],
  },
  {
    name: 'status written after `sealed` is removed',
    scenario: 'commits',
    edits: [
      {
        file: 'commit/finish-seal.ts',
        find: `  await recordArchived(run, seal); // step 7
  await run.store.unseal(run.key, run.fence);`,
        replace: `  await run.store.unseal(run.key, run.fence);
  await recordArchived(run, seal);`,
      },
    ],
  },
  {
    name: 'clear before the manifest',
    scenario: 'commits',
    edits: [
      {
        file: 'commit/copy-range.ts',
        find: "  await store.putManifest(key, { ...seal, ...totals, followUp: { state: 'pending' } });",
        replace: `  await clearRange(run, seal);
  await store.putManifest(key, { ...seal, ...totals, followUp: { state: 'pending' } });`,
      },
      {
        file: 'commit/copy-range.ts',
        find: "import { ProtocolViolationError } from './errors.ts';",
        replace: `import { clearRange } from './clear-range.ts';
import { ProtocolViolationError } from './errors.ts';`,
      },
    ],
  },
  {
    name: 'hand-over after finish',
    scenario: 'one-commit',
    maxFaults: 1,
    edits: [
      {
        file: 'commit/finish-seal.ts',
        find: "  await run.trace('commit.hand-over', () => handOver(run, seal)); // step 5\n",
        replace: '',
      },
      {
        file: 'commit/finish-seal.ts',
        find: '  await run.store.unseal(run.key, run.fence);',
        replace: '  await run.store.unseal(run.key, run.fence);\n  await handOver(run, seal);',
      },
    ],
  },
  {
    name: 'claim left out',
    scenario: 'side-by-side',
    edits: [
      {
        file: 'commit/commit-session.ts',
        find: 'await store.claim(key)',
        replace: 'await store.readMeta(key)',
      },
    ],
  },
  {
    name: 'commit ignoring `through`',
    scenario: 'requests',
    edits: [
      {
        file: 'commit/last-sealable.ts',
        find: 'Math.min(through ?? lastHandedOut, lastHandedOut)',
        replace: 'lastHandedOut',
      },
    ],
  },
  {
    name: 'clear after finish',
    scenario: 'one-commit',
    maxFaults: 1,
    edits: [
      {
        file: 'commit/finish-seal.ts',
        find: `  await run.trace('commit.clear', () => clearRange(run, seal)); // step 6
`,
        replace: '',
      },
      {
        file: 'commit/finish-seal.ts',
        find: '  await run.store.unseal(run.key, run.fence);',
        replace: `  await run.store.unseal(run.key, run.fence);
  await clearRange(run, seal);`,
      },
    ],
  },
  {
    name: 'unfinished seal ignored',
    scenario: 'commits',
    edits: [
      {
        file: 'commit/commit-session.ts',
        find: 'if (meta.sealed) await',
        replace: 'if (meta.sealed && meta.fence < 0) await',
      },
    ],
  },
  {
    name: 'request remembered before it is queued',
    scenario: 'requests',
    edits: [
      {
        file: 'commit/request-commit.ts',
        find: `  await commits.send({ group: messageGroup(key), dedupId: commitId, body: message });
  await store.rememberRequest(key, { commitId, through, keepRecent, requestedAtMs, appended });`,
        replace: `  await store.rememberRequest(key, { commitId, through, keepRecent, requestedAtMs, appended });
  await commits.send({ group: messageGroup(key), dedupId: commitId, body: message });`,
      },
    ],
  },
  {
    name: 'several messages for one invocation',
    scenario: 'three-commits',
    edits: [{ file: 'queue/batch-size.ts', find: 'BATCH_SIZE = 1;', replace: 'BATCH_SIZE = 3;' }],
  },
  {
    name: 'request answered with a commit that nobody has heard of for long',
    scenario: 'vanished-message',
    edits: [
      {
        file: 'commit/send-again.ts',
        find: 'if (silentMs < SILENT_MS) return;',
        replace: 'if (silentMs < 1_000 * SILENT_MS) return;',
      },
    ],
  },
  {
    name: 'archive written again from what is left in the log',
    scenario: 'commits',
    edits: [
      {
        file: 'store/in-process/archive-requests.ts',
        find: 'putIfAbsent(manifests, archive, manifest);',
        replace: 'manifests.set(archive, manifest) !== undefined;',
      },
      {
        file: 'store/in-process/archive-requests.ts',
        find: 'putIfAbsent(chunks, ',
        replace: '((map, name, value) => map.set(name, value) !== undefined)(chunks, ',
      },
      {
        file: 'commit/copy-range.ts',
        find: `if (entry.kind === 'tombstone') {`,
        replace: `if (entry.kind === 'tombstone') {
      voids += 1;
      continue;`,
      },
    ],
  },
  {
    name: '`sealed` removed without the fence',
    scenario: 'commits',
    edits: [
      {
        file: 'store/in-process/meta-requests.ts',
        find: `      const stored = fenced(key, fence);
      const { sealed: _finished, ...meta } = stored.meta;`,
        replace: `      const stored = existing(key);
      const { sealed: _finished, ...meta } = stored.meta;`,
      },
    ],
  },
];
