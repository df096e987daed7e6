import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EvidencedMemory, type Memory, mergeMemory } from '../../lib/memory/index.ts';
import { inProcessMemoryStore } from '../../lib/store/index.ts';

const scope = { tenant: 'acme', scope: 'ann' };

/** What is learnt of one subject, from one archive each. */
const evidence = fc
  .array(
    fc.record({
      text: fc.constantFrom('tea', 'coffee', 'cocoa', 'water'),
      confidence: fc.constantFrom(0.3, 0.6, 0.9),
      seenAtMs: fc.integer({ min: 1, max: 9 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((facts) =>
    facts.map((fact, index) => ({
      extracted: { ...fact, category: 'preference', key: 'drink', messageId: 'm' } satisfies EvidencedMemory,
      source: { session: `s-${index % 3}`, archive: index + 1 },
    })),
  );

type Evidence = typeof evidence extends fc.Arbitrary<infer T> ? T : never;

async function merged(facts: Evidence): Promise<Memory | undefined> {
  const store = inProcessMemoryStore();
  for (const { extracted, source } of facts) await mergeMemory(store, scope, extracted, source);
  return store.readMemory(scope, 'preference', 'drink');
}

describe('merging evidence', () => {
  it('gives the same memory in whichever order it comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        evidence.chain((facts) =>
          fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length })),
        ),
        async ([facts, shuffled]) => {
          expect(await merged(shuffled)).toEqual(await merged(facts));
        },
      ),
    );
  });

  it('says what the newest evidence says, and keeps what the older said', async () => {
    await fc.assert(
      fc.asyncProperty(evidence, async (facts) => {
        const memory = await merged(facts);
        const newestMs = Math.max(...facts.map(({ extracted }) => extracted.seenAtMs));
        const newest = facts.filter(({ extracted }) => extracted.seenAtMs === newestMs);
        expect(newest.map(({ extracted }) => extracted.text)).toContain(memory?.text);
        expect(memory?.lastSeenAtMs).toBe(newestMs);
        expect(memory?.archives).toHaveLength(facts.length);
        const said = new Set(facts.map(({ extracted }) => extracted.text));
        const known = [memory?.text, ...(memory?.history ?? []).map(({ text }) => text)];
        expect(known.sort()).toEqual([...said].sort());
      }),
    );
  });

  it('changes nothing when it is merged again', async () => {
    await fc.assert(
      fc.asyncProperty(evidence, async (facts) => {
        expect(await merged([...facts, ...facts])).toEqual(await merged(facts));
      }),
    );
  });
});
