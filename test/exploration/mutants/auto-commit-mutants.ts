import type { Mutant } from './mutant.ts';

/** Mistakes that would leave messages live for ever though the session's policy wants them committed. */
export const autoCommitMutants: readonly Mutant[] = [
  {
    name: 'check scheduled after the record is written',
    scenario: 'auto-commit-idle',
    edits: [
      {
        file: 'auto-commit/append-and-commit.ts',
        find: 'const options = { onPosition, ',
        replace: `let call = [];
  const options = { onPosition: async (...args) => { call = args; }, `,
      },
      {
        file: 'auto-commit/append-and-commit.ts',
        find: '  const appended = await appendMessages(context, key, messages, options);',
        replace: `  const appended = await appendMessages(context, key, messages, options);
  await onPosition(...call);`,
      },
    ],
  },
  {
    name: 'session left alone after one check that finds nothing',
    scenario: 'auto-commit-idle',
    edits: [
      {
        file: 'auto-commit/check-session.ts',
        find: "if (step.action === 'rest' && checkedNextSeq === nextSeq) {",
        replace: "if (step.action === 'rest' && checkedNextSeq !== 0) {",
      },
    ],
  },
  {
    name: 'check that ends before it asks for the commit',
    scenario: 'auto-commit-idle',
    edits: [
      {
        file: 'auto-commit/check-session.ts',
        find: "  if (step.action !== 'request') return false;",
        replace: `  if (step.action !== 'request') return false;
  await store.removeCheck(key, { seenAtMs: nextAtMs, nextSeq });`,
      },
    ],
  },
  {
    name: 'check removed although a position was handed out since',
    scenario: 'auto-commit-idle',
    edits: [
      {
        file: 'store/in-process/check-requests.ts',
        find: 'if (stored?.meta?.checkAtMs !== seenAtMs || stored.meta.nextSeq !== nextSeq) return;',
        replace: 'if (stored?.meta?.checkAtMs !== seenAtMs || stored.meta.nextSeq < nextSeq) return;',
      },
    ],
  },
  {
    name: 'threshold crossed only by the append that reaches it exactly',
    scenario: 'auto-commit',
    edits: [
      {
        file: 'auto-commit/threshold-reached.ts',
        find: 'threshold !== null && Math.floor(after / threshold) > Math.floor((after - more) / threshold);',
        replace: 'threshold !== null && after === threshold && more > 0;',
      },
    ],
  },
  {
    name: 'check that fails not repeated',
    scenario: 'auto-commit-idle',
    edits: [
      {
        file: 'auto-commit/check-due-sessions.ts',
        find: 'await store.moveCheck(key, { seenAtMs: meta.checkAtMs, nextAtMs });',
        replace:
          'if (nextAtMs) await store.removeCheck(key, { seenAtMs: meta.checkAtMs, nextSeq: meta.nextSeq });',
      },
    ],
  },
  {
    name: 'append that trusts in the check of an idle session',
    scenario: 'auto-commit-idle',
    edits: [
      {
        file: 'auto-commit/schedule-checks.ts',
        find: 'if (after.checkAtMs < (state.checkAtMs ?? Number.POSITIVE_INFINITY)) {',
        replace: 'if (after.checkAtMs < (state.checkAtMs ?? Number.POSITIVE_INFINITY) && after.wanted) {',
      },
    ],
  },
  {
    name: 'empty commit taken for one that took what is live',
    scenario: 'auto-commit-and-request',
    edits: [
      {
        file: 'auto-commit/next-step.ts',
        find: "if (requested?.state === 'dead-lettered') return",
        replace: "if (requested?.state === 'dead-lettered' || requested?.state === 'empty') return",
      },
    ],
  },
  {
    name: 'check that trusts in a commit of which nothing is heard',
    scenario: 'auto-commit-vanished',
    edits: [
      {
        file: 'auto-commit/check-session.ts',
        find: 'if (situation.requested) await sendAgainIfSilent',
        replace: 'if (situation.requested && nowMs < 0) await sendAgainIfSilent',
      },
    ],
  },
  {
    name: 'check that asks for the commit without being its own',
    scenario: 'auto-commit-twice',
    edits: [
      {
        file: 'auto-commit/check-session.ts',
        find: '  if (!isOwn) return false;',
        replace: '  if (isOwn === undefined) return false;',
      },
    ],
  },
  {
    name: 'check that takes what is kept for all that is live',
    scenario: 'auto-commit-keep-recent',
    edits: [
      {
        file: 'auto-commit/check-session.ts',
        find: 'const takes = keepRecent === 0 || (await lastSealable(store, key, meta, { keepRecent })) !== undefined;',
        replace: 'const takes = keepRecent === 0 || range.to - range.from > 1;',
      },
    ],
  },
];
