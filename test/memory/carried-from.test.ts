import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { carriedFrom, type ShownMemory } from '../../lib/memory/index.ts';
import { wordsOf } from '../../lib/words/index.ts';

const ownWords = new Set(wordsOf('the user a is in prefers has'));
const ofSession = (session: string, text: string, key = 'home-city'): ShownMemory => ({
  key,
  text,
  sessions: [session],
});

function carried(conversation: string, text: string, known: readonly ShownMemory[], key = 'home-city') {
  return carriedFrom({ said: new Set(wordsOf(conversation)), ownWords, statement: { key, text }, known });
}

describe('a statement carries on the words of another session', () => {
  const known = [
    ofSession('s-1', 'The user lives in Bergen.'),
    ofSession('s-2', 'The user has a kayak.', 'boat'),
  ];

  test('when only a memory of that session can have told them', () => {
    const text = 'The user left Bergen and lives in Oslo.';
    expect(carried('I left my home city, and now it is Oslo.', text, known)).toEqual(['s-1']);
  });

  test('when its key alone has one', () => {
    expect(carried('It is home in this city now: Oslo.', 'Oslo.', known, 'boat')).toEqual(['s-2']);
  });

  test('but not when the conversation, or the prompt, has them as well', () => {
    const text = 'The user lives in Bergen.';
    expect(carried('Where one lives: my home city is BERGEN', text, known)).toEqual([]);
  });

  test('but not when a memory of others, or a person, has told them, too', () => {
    const text = 'Bergen.';
    const said = 'my home city is there';
    const another = ofSession('s-3', 'Ann came from Bergen.', 'ann');
    expect(carried(said, text, [...known, another])).toEqual([]);
    expect(carried(said, text, [...known, { ...another, sessions: [] }])).toEqual([]);
  });

  test('of each session that a memory with the words rests on', () => {
    const both = { ...ofSession('s-1', 'Ann lives in Bergen.'), sessions: ['s-4', 's-1'] };
    expect(carried('home city', 'Bergen.', [both])).toEqual(['s-1', 's-4']);
    expect(carried('home city', 'Bergen.', [both, ofSession('s-1', 'Bergen!')])).toEqual(['s-1']);
  });

  test('in Japanese', () => {
    const kayak = ofSession('s-2', '田中さんは横浜でカヤックを買いました。');
    expect(
      carried('田中さんはカヤックを売りました。', '田中さんは横浜のカヤックを売りました。', [kayak]),
    ).toContain('s-2');
  });

  test('at most 50 sessions, first those that alone can have told a word', () => {
    const sessions = Array.from({ length: 80 }, (_, index) => `a-${index}`);
    const many = { ...ofSession('', 'Bergen.'), sessions };
    const named = carried('home city', 'Bergen and a kayak and.', [many, ofSession('z', 'A kayak.')]);
    expect(named).toHaveLength(50);
    expect(named).toContain('z');
    expect(named).toEqual([...named].sort());
  });
});

describe('whatever was said and known', () => {
  const word = fc.constantFrom<string>('bergen', 'oslo', 'kayak', '寿司', '拉面', 'the', 'user', 'käthe');
  const sentence = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));
  const memory = fc.record({
    key: word,
    text: sentence,
    sessions: fc.uniqueArray(fc.constantFrom<string>('s-1', 's-2', 's-3'), { maxLength: 3 }),
  });
  const given = fc.record({
    said: sentence.map((text) => new Set(wordsOf(text))),
    ownWords: fc.constant(ownWords),
    statement: fc.record({ key: word, text: sentence }),
    known: fc.array(memory, { maxLength: 6 }),
  });
  const wordsIn = ({ key, text }: { key: string; text: string }) => new Set(wordsOf(`${key} ${text}`));

  test('no session is named whose memories share no word with the statement', () => {
    fc.assert(
      fc.property(given, (one) => {
        const words = wordsIn(one.statement);
        for (const session of carriedFrom(one)) {
          const own = one.known.filter(({ sessions }) => sessions.includes(session));
          const shared = own.flatMap((known) => [...wordsIn(known)]).filter((word) => words.has(word));
          expect(shared).not.toEqual([]);
        }
      }),
    );
  });

  test('the only session that a word can come from is named', () => {
    fc.assert(
      fc.property(given, fc.nat(), (one, place) => {
        const unique = { key: 'k', text: 'narvik', sessions: ['s-9'] };
        const known = one.known.toSpliced(place % (one.known.length + 1), 0, unique);
        const statement = { ...one.statement, text: `${one.statement.text} Narvik` };
        expect(carriedFrom({ ...one, known, statement })).toContain('s-9');
      }),
    );
  });

  test('the order of what is known makes no difference', () => {
    fc.assert(
      fc.property(given, fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), (one, order) => {
        const known = one.known
          .map((memory, index) => ({ memory, place: order[index] ?? 0 }))
          .sort((a, b) => a.place - b.place)
          .map((placed) => placed.memory);
        expect(carriedFrom({ ...one, known })).toEqual(carriedFrom(one));
      }),
    );
  });

  test('a conversation that said every word carries nothing on', () => {
    fc.assert(
      fc.property(given, (one) => {
        expect(carriedFrom({ ...one, said: wordsIn(one.statement) })).toEqual([]);
      }),
    );
  });
});
