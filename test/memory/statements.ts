import fc from 'fast-check';
import type { MemoryContext, MemoryStore, Statement } from '../../lib/memory/index.ts';
import { statementOf } from '../support/statement-of.ts';

/** What an archive says of a home city, at a time of its own unless told otherwise. */
export function said(text: string, more: Parameters<typeof statementOf>[1] = {}): Statement {
  const { session = 'chat', archive = 1 } = more;
  return statementOf(text, { key: 'home-city', saidAtMs: archive, ...more, session, archive });
}

/** What changing memories needs, with ids that count. */
export function contextOf(memories: MemoryStore): MemoryContext & { readonly now: () => number } {
  let ids = 0;
  return {
    memories,
    newId: () => `id-${++ids}`,
    now: () => 1_000,
    random: () => 0,
    clock: { sleep: () => Promise.resolve() },
  };
}

/** Statements of a few subjects by a few sessions and people; each author says one thing of a subject at a time. */
export const statements = fc
  .uniqueArray(
    fc.record({
      key: fc.constantFrom('home-city', 'drink'),
      text: fc.constantFrom('Oslo', 'Bergen', 'Rome'),
      saidAtMs: fc.integer({ min: 1, max: 12 }),
      session: fc.constantFrom('a', 'b', 'c'),
      archive: fc.integer({ min: 1, max: 3 }),
      stance: fc.constantFrom('asserts', 'asserts', 'retracts', 'contradicts'),
      isPerson: fc.boolean().map((is) => is),
    }),
    {
      maxLength: 14,
      selector: ({ key, session, archive, isPerson, saidAtMs }) =>
        `${key} ${isPerson ? `person ${saidAtMs}` : `${session} ${archive}`}`,
    },
  )
  .map((facts) =>
    facts.map(({ stance, isPerson, session, archive, ...fact }, index): Statement => {
      const by = isPerson
        ? ({ kind: 'person', id: `p-${index}`, who: 'ann' } as const)
        : ({ kind: 'archive', session, archive, messageId: 'm', model: 'test:model' } as const);
      return {
        category: 'profile',
        ...fact,
        confidence: 1,
        by,
        ...(stance === 'retracts' && { retracts: true }),
        ...(stance === 'contradicts' && { contradicts: true }),
      };
    }),
  );
