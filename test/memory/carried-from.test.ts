import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { carriedFrom, type ShownMemory } from '../../lib/memory/index.ts';
import { wordsOf } from '../../lib/words/index.ts';

const by = (session: string) =>
  ({ kind: 'archive', session, archive: 1, messageId: 'm', model: 'test:model' }) as const;
const person = { kind: 'person', id: 'p', who: 'ann' } as const;
const ofSession = (session: string, text: string, key = 'home-city'): ShownMemory => ({
  key,
  text,
  by: by(session),
});

function carried(conversation: string, text: string, known: readonly ShownMemory[], key = 'home-city') {
  return carriedFrom({
    session: 'own',
    said: new Set(wordsOf(conversation)),
    statement: { key, text },
    known,
  });
}

describe('a statement carries on the words of another session', () => {
  const known = [
    ofSession('s-1', 'The user lives in Bergen.'),
    ofSession('s-2', 'The user has a kayak.', 'boat'),
  ];

  test('when only a memory of that session can have told them', () => {
    const text = 'The user left Bergen and lives in Oslo.';
    expect(carried('I left my home city, and now it is Oslo.', text, known)).toEqual([['s-1']]);
  });

  test('when its key alone has one', () => {
    expect(carried('It is home in this city now: Oslo.', 'Oslo.', known, 'boat')).toEqual([['s-2']]);
  });

  test('but not when the conversation, or the prompt, has them as well', () => {
    const text = 'The user lives in Bergen.';
    expect(carried('Where one lives: my home city is BERGEN', text, known)).toEqual([]);
  });

  test('together with those who said them as well, but not when a person did', () => {
    const text = 'Bergen.';
    const said = 'my home city is there';
    const another = ofSession('s-3', 'Ann came from Bergen.', 'ann');
    expect(carried(said, text, [...known, another])).toEqual([['s-1', 's-3']]);
    expect(carried(said, text, [...known, { ...another, by: person }])).toEqual([]);
  });

  test('that carries on those of others itself, so that each of them may have said the word', () => {
    const both = { ...ofSession('s-1', 'Ann lives in Bergen.'), carriedFrom: [['s-4']] };
    expect(carried('home city', 'Bergen.', [both])).toEqual([['s-1'], ['s-4']]);
    expect(carried('home city', 'Bergen.', [both, ofSession('s-1', 'Bergen!')])).toEqual([['s-1']]);
    const earlier = { key: 'k', text: 'Bergen', by: { kind: 'earlier' }, sessions: ['s-5', 's-6'] } as const;
    expect(carried('home city', 'Bergen.', [earlier])).toEqual([['s-5'], ['s-6']]);
  });

  test('in Japanese', () => {
    const kayak = ofSession('s-2', '田中さんは横浜でカヤックを買いました。');
    expect(
      carried('田中さんはカヤックを売りました。', '田中さんは横浜のカヤックを売りました。', [kayak]),
    ).toContainEqual(['s-2']);
  });

  test('which are at most ten of those that said a word', () => {
    const many = Array.from({ length: 30 }, (_, index) => ofSession(`a-${index}`, 'Bergen.'));
    const [group = [], ...others] = carried('home city', 'Bergen.', many);
    expect(group).toHaveLength(10);
    expect(others).toEqual([]);
  });
});

describe('whatever was said and known', () => {
  const word = fc.constantFrom<string>('bergen', 'oslo', 'kayak', '寿司', '拉面', 'the', 'user', 'käthe');
  const sentence = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));
  const memory = fc.record({
    key: word,
    text: sentence,
    by: fc.constantFrom(by('s-1'), by('s-2'), by('s-3'), person),
  });
  const given = fc.record({
    session: fc.constant('own'),
    said: sentence.map((text) => new Set(wordsOf(text))),
    statement: fc.record({ key: word, text: sentence }),
    known: fc.array(memory, { maxLength: 6 }),
  });
  const wordsIn = ({ key, text }: { key: string; text: string }) => new Set(wordsOf(`${key} ${text}`));

  test('no session is named whose memories share no word with the statement', () => {
    fc.assert(
      fc.property(given, (one) => {
        const words = wordsIn(one.statement);
        for (const session of carriedFrom(one).flat()) {
          const own = one.known.filter(
            (known) => known.by.kind === 'archive' && known.by.session === session,
          );
          const shared = own.flatMap((known) => [...wordsIn(known)]).filter((word) => words.has(word));
          expect(shared).not.toEqual([]);
        }
      }),
    );
  });

  test('the only session that a word can come from is named', () => {
    fc.assert(
      fc.property(given, fc.nat(), (one, place) => {
        const unique = { key: 'k', text: 'narvik', by: by('s-9') };
        const known = one.known.toSpliced(place % (one.known.length + 1), 0, unique);
        const statement = { ...one.statement, text: `${one.statement.text} Narvik` };
        expect(carriedFrom({ ...one, known, statement })).toContainEqual(['s-9']);
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
