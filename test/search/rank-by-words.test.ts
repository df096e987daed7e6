import { describe, expect, it } from 'vitest';
import { rankByWords } from '../../lib/search/rank-by-words.ts';

/** The texts that are found, best first, of units that are no neighbours. */
function find(query: string, texts: readonly string[]): string[] {
  const ranking = rankByWords<string>(query, { hasNeighbours: false });
  for (const text of texts) ranking.add({ text, item: text, units: text.length });
  return ranking.best(10).map(({ item }) => item);
}

const languages = [
  {
    language: 'English, by other forms of a word',
    query: 'When did she paint the horses?',
    texts: [
      'We were at the market and it was crowded.',
      'She is painting a horse for the wall.',
      'What did you do when the rain began?',
    ],
    first: 1,
  },
  {
    language: 'German, by other forms of a word',
    query: 'Welche Häuser hat er gekauft?',
    texts: [
      'Das ist nicht das, was ich gesagt habe.',
      'Er will sich das Haus am See nicht mehr ansehen.',
      'Wir haben uns in der Stadt getroffen, und es war schön.',
    ],
    first: 1,
  },
  {
    language: 'Spanish, by other forms of a word',
    query: '¿Qué libros compraste?',
    texts: [
      'No sé qué es lo que quieres de mí.',
      'Ayer leí un libro que me gustó mucho.',
      'Vamos a la playa.',
    ],
    first: 1,
  },
  {
    language: 'Russian, by other forms of a word',
    query: 'Что он сказал о собаках?',
    texts: [
      'Мы были в городе, и это было хорошо.',
      'У меня есть собака, и она очень старая.',
      'Что он сказал?',
    ],
    first: 1,
  },
  {
    language: 'Japanese',
    query: '京都で何を食べましたか',
    texts: ['明日は仕事が忙しいです。', '京都で豆腐を食べました。', '新しい自転車を買いました。'],
    first: 1,
  },
  {
    language: 'Thai',
    query: 'แมวชื่ออะไร',
    texts: ['พรุ่งนี้ฝนจะตก', 'ฉันไปตลาดเมื่อวาน', 'แมวของฉันชื่อมะลิ'],
    first: 2,
  },
  {
    language: 'Chinese',
    query: '他的生日是什么时候？',
    texts: ['我们明天去上海。', '我喜欢喝茶。', '他的生日在五月。'],
    first: 2,
  },
  {
    language: 'Arabic, with and without the article',
    query: 'أين الكتاب؟',
    texts: ['ذهبت إلى السوق في الصباح.', 'وضعت كتاب أخي على الطاولة.', 'الجو جميل اليوم.'],
    first: 1,
  },
];

describe('what is nearest to a query by words', () => {
  it.each(languages)('is found in $language', ({ query, texts, first }) => {
    expect(find(query, texts)[0]).toBe(texts[first]);
  });

  it('is told by its own language, where a conversation has several', () => {
    const german = 'Ich habe gestern die alten Bücher in den Keller gebracht, und das war nicht leicht.';
    const english = 'I have brought the old chairs to the attic, and that was not easy at all.';
    expect(find('Wo sind die Bücher und das Buch?', [german, english])[0]).toBe(german);
    expect(find('Where is the chair?', [german, english])[0]).toBe(english);
  });

  it('is told by the language of what was said before, where a text is short', () => {
    const texts = ['We had been there when it was cold.', 'Ok.', 'Fine.', 'Hm.', 'Ha!', 'So?', 'Boats!'];
    expect(find('a boat', texts)).toContain('Boats!');
  });

  it('is not what shares only common words, unless the query has no others', () => {
    const texts = ['What is it that you would do?', 'The harbour was full of boats, and it was cold.'];
    expect(find('What was it that you saw in the harbour?', texts)).toEqual([texts[1]]);
    expect(find('What is it?', texts)).toContain(texts[0]);
  });

  it('is nothing where no word is shared', () => {
    expect(find('zebra', ['a horse', 'a cow'])).toEqual([]);
    expect(find('', ['a horse'])).toEqual([]);
    expect(find('?!', ['a horse'])).toEqual([]);
  });

  it('is what its speaker says, where a query names somebody', () => {
    const ranking = rankByWords<string>('Where does Maria work?', { hasNeighbours: false });
    for (const speaker of ['Tom', 'Maria', 'Jo']) {
      ranking.add({ text: 'I work in the old mill.', speaker, item: speaker, units: 1 });
    }
    expect(ranking.best(3)[0]?.item).toBe('Maria');
  });

  it('is the answer that follows a question with the words, though it has none of them', () => {
    const turns = [
      'Good morning!',
      'Which instrument do you play?',
      'Cello, since school.',
      'Nice.',
      'Bye.',
      'Soon!',
    ];
    const ranking = rankByWords<string>('instrument', { hasNeighbours: true });
    for (const text of turns) ranking.add({ text, item: text, units: 1 });
    const found = ranking.best(10).map(({ item }) => item);
    expect(found[0]).toBe(turns[1]);
    expect(found.indexOf(turns[2] ?? '')).toBeGreaterThan(0);
    expect(found).not.toContain('Bye.');
  });

  it('has the same neighbours whether it is read forwards or backwards', () => {
    const turns = ['one apple', 'two', 'three pears', 'four', 'five', 'six apples'];
    const scores = (order: readonly string[]) => {
      const ranking = rankByWords<string>('apple pears', { hasNeighbours: true });
      for (const text of order) ranking.add({ text, item: text, units: 1 });
      return new Map(ranking.best(10).map(({ item, score }) => [item, score.toFixed(9)]));
    };
    expect(scores(turns)).toEqual(scores(turns.toReversed()));
  });

  it.each([
    ['en', 'What did we plan in May 2023?', 'the plan of the day is that we go'],
    ['de', 'Was war im Mai 2023 der Plan?', 'der Plan ist, dass wir nicht mit der Bahn fahren'],
    ['ja', '2023年5月の計画は何ですか', 'この計画はとても良いと思います'],
  ])('is what was said when the query says (%s)', (_, query, text) => {
    const ranking = rankByWords<string>(query, { hasNeighbours: false });
    for (const day of ['2022-05-08', '2023-02-08', '2023-05-08', '2023-11-08']) {
      ranking.add({ text, atMs: Date.parse(day), item: day, units: 1 });
    }
    expect(ranking.best(1)[0]?.item).toBe('2023-05-08');
  });
});

describe('what is held of what is read', () => {
  it('is what may be a hit: the nearest of many units, wherever they were', () => {
    const ranking = rankByWords<number>('rare common', { hasNeighbours: false });
    for (let item = 0; item < 5_000; item += 1) {
      ranking.add({ text: item % 1_000 === 7 ? 'rare common' : `common ${item}`, item, units: 1_000 });
    }
    const found = ranking.best(1_000);
    expect(found.length).toBeLessThanOrEqual(500);
    expect(found.slice(0, 5).map(({ item }) => item)).toEqual([7, 1_007, 2_007, 3_007, 4_007]);
  });

  it('is bounded by what the units take', () => {
    const ranking = rankByWords<number>('word', { hasNeighbours: false });
    for (let item = 0; item < 100; item += 1) ranking.add({ text: 'word', item, units: 1_000_000 });
    expect(ranking.best(500).length).toBeLessThanOrEqual(17);
  });

  it('is at least one unit, however large it is', () => {
    const ranking = rankByWords<string>('word', { hasNeighbours: false });
    ranking.add({ text: 'word', item: 'large', units: 1e9 });
    expect(ranking.best(1)).toHaveLength(1);
  });
});
