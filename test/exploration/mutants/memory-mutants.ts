import type { Mutant } from './mutant.ts';

/** Mistakes that would lose what was remembered, double it, or keep what is erased. */
export const memoryMutants: readonly Mutant[] = [
  {
    name: 'statement named by the time of its merge',
    scenario: 'follow-up',
    edits: [
      {
        file: 'follow-up/merge-memories.ts',
        find: 'toStatement(run, extraction, memory)',
        replace: 'toStatement(run, extraction, { ...memory, seenAtMs: lease.clock.now() })',
      },
    ],
  },
  {
    name: 'memory not made anew of the statements that are left',
    scenario: 'erasure-and-merge',
    edits: [
      {
        file: 'memory/change-subject.ts',
        find: 'changed(known.statements, put, some),',
        replace: 'known.statements,',
      },
    ],
  },
  {
    name: 'memory changed whatever it has become',
    scenario: 'entry-and-merge',
    edits: [
      {
        file: 'store/in-process/in-process-memory-store.ts',
        find: 'memories.some(isOther) || ',
        replace: '(memories.length > 100 && memories.some(isOther)) || ',
      },
    ],
  },
  {
    name: 'statements read before the memory',
    scenario: 'entry-and-merge',
    edits: [
      {
        file: 'memory/read-subject.ts',
        find: '  const { memories: found, erasedAtMs } = await readMemories(context, scope, [subject]);',
        replace:
          '  const early = await context.memories.listStatements(scope, subject, {});\n  const { memories: found, erasedAtMs } = await readMemories(context, scope, [subject]);',
      },
      {
        file: 'memory/read-subject.ts',
        find: 'statements: statements.filter(isKept),',
        replace: 'statements: early.statements.filter(isKept),',
      },
    ],
  },
  {
    name: 'merge that looks at its own statement only',
    scenario: 'entry-and-merge',
    edits: [
      {
        file: 'memory/merge-statements.ts',
        find: '  const after = viewWith(known, statement);',
        replace: '  const after = viewOf(statement, [statement]);',
      },
    ],
  },
  {
    name: 'statement of a deleted session merged late',
    scenario: 'erasure-and-merge',
    edits: [
      {
        file: 'store/in-process/is-awaiting.ts',
        find: 'if (!manifest) return false;',
        replace: 'if (!manifest) return true;',
      },
    ],
  },
  {
    name: 'memories erased before the archives are closed',
    scenario: 'erasure-and-merge',
    edits: [
      {
        file: 'deletion/delete-session.ts',
        find: '  await removeItems(context, key, signal);\n  if (options.memories) await eraseEverywhere(context, key, deleted, signal);',
        replace:
          '  if (options.memories) await eraseEverywhere(context, key, deleted, signal);\n  await removeItems(context, key, signal);',
      },
    ],
  },
  {
    name: 'statement that is listed nowhere',
    scenario: 'erasure-and-merge',
    edits: [
      {
        file: 'memory/rewrite.ts',
        find: "for (const statement of put) list(statement, 'add');",
        replace: "for (const statement of put) if (statement.retracts) list(statement, 'add');",
      },
    ],
  },
  {
    name: 'retraction that goes with its session',
    scenario: 'erasure-of-a-retraction',
    edits: [
      {
        file: 'memory/erase-session.ts',
        find: '...(isNeeded ? ',
        replace: '...(isNeeded && asserted.length > 100 ? ',
      },
    ],
  },
  {
    name: 'statements of others replaced with those of the archive',
    scenario: 'extraction-again-and-entry',
    edits: [
      {
        file: 'memory/replace-statements.ts',
        find: 'statements.filter(({ by }) => authorName(by) === author)',
        replace: 'statements.filter(({ by }) => authorName(by) !== undefined)',
      },
    ],
  },
  {
    name: 'memories left on the manifest',
    scenario: 'follow-up',
    edits: [
      {
        file: 'archive/without-memories.ts',
        find: "extraction.outcome === 'done' ? ",
        replace: "extraction.outcome === 'skipped' ? ",
      },
    ],
  },
  {
    name: 'extraction kept once more after it was merged',
    scenario: 'extraction-again-twice',
    edits: [
      {
        file: 'store/in-process/with-extraction.ts',
        find: "extraction?.outcome === 'done' && extraction.againId === id",
        replace: "extraction?.outcome === 'skipped'",
      },
    ],
  },
  {
    name: 'extraction that another one replaces while it is merged',
    scenario: 'extraction-again-twice',
    edits: [
      {
        file: 'store/in-process/with-extraction.ts',
        find: "if (again?.id === id && again.extraction.outcome === 'done') return true;",
        replace: '',
      },
    ],
  },
  {
    name: 'extraction merged for an archive that is deleted',
    scenario: 'erasure-and-extraction-again',
    edits: [
      {
        file: 'store/in-process/is-awaiting.ts',
        find: 'if (!manifest) return false;\n',
        replace: "if (!manifest) return awaits !== 'merge';\n",
      },
    ],
  },
];
