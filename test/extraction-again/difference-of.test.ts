import fc from 'fast-check';
import { expect, it } from 'vitest';
import { differenceOf } from '../../lib/extraction-again/difference-of.ts';
import type { EvidencedMemory, Statement } from '../../lib/memory/index.ts';
import { statementOf } from '../support/statement-of.ts';

const found = ({ by: _, saidAtMs: seenAtMs, ...said }: Statement): EvidencedMemory => ({
  ...said,
  seenAtMs,
  messageId: 'm',
});

it('what an archive would say of a subject is added, changed, removed or the same', () => {
  const before = [
    statementOf('Lives in Oslo.', { key: 'city' }),
    statementOf('Has a cat.', { key: 'cat' }),
    statementOf('Likes tea.', { key: 'tea' }),
    statementOf('Works at a bank.', { key: 'work' }),
  ];
  const after = [
    statementOf('Quit the bank.', { key: 'work', retracts: true }),
    statementOf('Lives in Bergen.', { key: 'city' }),
    statementOf('Likes tea.', { key: 'tea', saidAtMs: 9, confidence: 0.5 }),
    statementOf('Is called Ann.', { key: 'name' }),
  ].map(found);
  const profile = (key: string) => ({ category: 'profile', key });
  expect(differenceOf(before, after)).toEqual({
    added: [{ ...profile('name'), text: 'Is called Ann.' }],
    changed: [
      { ...profile('city'), before: { text: 'Lives in Oslo.' }, after: { text: 'Lives in Bergen.' } },
      {
        ...profile('work'),
        before: { text: 'Works at a bank.' },
        after: { text: 'Quit the bank.', retracts: true },
      },
    ],
    removed: [{ ...profile('cat'), text: 'Has a cat.' }],
    unchanged: 1,
  });
});

it('every subject is in it once, and nothing differs from itself', () => {
  const statements = fc.uniqueArray(
    fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), text: fc.constantFrom('x', 'y') }),
    { selector: ({ key }) => key },
  );
  const some = statements.map((all) => all.map(({ key, text }) => statementOf(text, { key })));
  fc.assert(
    fc.property(some, some, (before, after) => {
      const { added, changed, removed, unchanged } = differenceOf(before, after.map(found));
      const subjects = new Set([...before, ...after].map(({ key }) => key));
      expect(added.length + changed.length + removed.length + unchanged).toBe(subjects.size);
      expect(differenceOf(before, before.map(found))).toEqual({
        ...{ added: [], changed: [], removed: [], unchanged: before.length },
      });
    }),
  );
});
