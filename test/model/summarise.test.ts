import { describe, expect, test } from 'vitest';
import { said, summaryOf, userSays } from './said.ts';

const MAX_CHARACTERS = 1_500;

/** Many messages, each about something else. */
const longConversation = Array.from({ length: 120 }, (_, index) =>
  said(`My plan number ${index} is to visit village${index} and to buy bread${index} with my uncle.`, {
    id: `m-${index}`,
    role: index % 2 === 0 ? 'user' : 'assistant',
  }),
);

describe('a summary', () => {
  test('says who said what, in the order of the conversation', async () => {
    const summary = await summaryOf([
      said('I signed the contract for the flat in Sandviken.', { name: 'Ewa' }),
      said('A deposit of six months is the most that the law allows.', { role: 'assistant' }),
      said('I ordered the certificate for the licence in August.', { name: 'Ewa' }),
    ]);
    expect(summary.split('\n').map((line) => line.split(':')[0])).toEqual(['Ewa', 'Assistant', 'Ewa']);
    expect(summary.indexOf('signed')).toBeLessThan(summary.indexOf('in August'));
  });

  test('is short, however long the conversation is', async () => {
    const summary = await summaryOf(
      longConversation,
      'User: We are moving to Norway in autumn. '.repeat(200),
    );
    expect(summary.length).toBeLessThanOrEqual(MAX_CHARACTERS);
    expect(summary.split('\n').length).toBeLessThanOrEqual(13);
  });

  test('prefers what was said to questions and short greetings', async () => {
    const summary = await summaryOf(
      userSays(
        'Hello there, how are you doing?',
        'Good morning to you.',
        'We are moving from Gothenburg to Bergen on 3 November with the cat.',
        ...Array.from(
          { length: 8 },
          (_, index) => `The movers take box number ${index} to Bergen in a blue van.`,
        ),
        'Many thanks for that.',
      ),
    );
    expect(summary).toContain('moving from Gothenburg to Bergen');
    expect(summary).not.toMatch(/how are you|Good morning|Many thanks/);
  });

  test('does not say the same thing twice', async () => {
    const summary = await summaryOf(
      userSays(
        'The flat has a proper ventilation system.',
        'As I said, the flat has a proper ventilation system.',
      ),
    );
    expect(summary.match(/ventilation/g)).toHaveLength(1);
  });

  test('leaves out code, tables, quoted lines and markup', async () => {
    const summary = await summaryOf(
      userSays(
        'The upload server **acknowledges** every chunk too early.\n\n```ts\nsession.acknowledge(chunk);\n```\n\n| a | b |\n\n> The upload server is fine.',
      ),
    );
    expect(summary).toBe('User: The upload server acknowledges every chunk too early.');
  });

  test('leaves what tools print to those who look', async () => {
    const summary = await summaryOf([
      said('The upload test fails on one machine in five.'),
      ...Array.from({ length: 8 }, (_, index) =>
        said(`The upload test run ${index} fails with an assertion error in the test.`, { role: 'tool' }),
      ),
    ]);
    expect(summary).toContain('User: The upload test fails on one machine in five.');
  });

  test.each([
    [['Hi', 'Hello', 'Bye'], '3 messages: "Hi", "Hello", "Bye"'],
    [['👍'], '1 message: "👍"'],
    [['```\nlet x = 1;\n```'], '1 message: "``` let x = 1; ```"'],
    [['a', 'b', 'c', 'd'], '4 messages: "a", "b", "c", …'],
  ])('of %j, which hold nothing to choose, is one true line', async (contents, line) => {
    expect(await summaryOf(userSays(...contents))).toBe(line);
  });
});

describe('a summary after an earlier one', () => {
  test('begins with what the earlier one said', async () => {
    const summary = await summaryOf(
      userSays('I booked the vet for Tuesday.'),
      'User: We are moving to Norway in November with two cats.',
    );
    expect(summary).toBe(
      'Earlier: User: We are moving to Norway in November with two cats.\nUser: I booked the vet for Tuesday.',
    );
  });

  test('carries on what still earlier ones said, and does not grow with their number', async () => {
    let summary = await summaryOf(longConversation.slice(0, 30));
    for (let archive = 1; archive < 4; archive += 1) {
      summary = await summaryOf(longConversation.slice(30 * archive, 30 * archive + 30), summary);
      expect(summary).not.toContain('Earlier: Earlier:');
      expect(summary.match(/^Earlier: /gm)?.length).toBeLessThanOrEqual(5);
      expect(summary.length).toBeLessThanOrEqual(MAX_CHARACTERS);
    }
    expect(summary).toMatch(/^Earlier: .*village\d/);
  });

  test('keeps an earlier one that has no sentence to choose', async () => {
    expect(await summaryOf(userSays('ok'), '3 messages: "Hi"')).toBe(
      'Earlier: 3 messages: "Hi"\n1 message: "ok"',
    );
  });
});

/** What is said in each language, sentence by sentence. */
const languages = {
  German: [
    'Am 3. Oktober ziehen wir z. B. mit zwei Katzen nach Bergen um.',
    'Der Vertrag mit Dr. Åkesson kostet 2.5 Millionen Kronen.',
    'Wir suchen noch eine Schule für unsere Tochter.',
  ],
  Norwegian: [
    'Vi har signert kontrakten for leiligheten i Sandviken.',
    'Skolen begynner den 4. november, og jeg må sende et notat.',
    'Flyttefirmaet kommer på lørdag med en stor bil.',
  ],
  Japanese: [
    '私はベルゲンに住んでいます。',
    '来月、娘の学校が始まります。',
    '引っ越し業者は土曜日の朝に来ます。',
  ],
  Chinese: ['我和家人住在卑尔根。', '我们下个月搬进新房子。', '搬家公司星期六早上七点来。'],
  Arabic: ['أعيش في مدينة برغن مع عائلتي الصغيرة.', 'تبدأ المدرسة في الرابع من نوفمبر القادم.'],
  Hindi: ['मैं अपने परिवार के साथ बर्गन में रहता हूँ।', 'स्कूल चार नवंबर को शुरू होता है।'],
  Russian: [
    'Мы переезжаем в Берген в ноябре вместе с кошкой.',
    'Договор подписан, ключи получим 27 октября.',
  ],
  Thai: ['ฉันอาศัยอยู่ในเมืองเบอร์เกนกับครอบครัว', 'บริษัทขนย้ายจะมาวันเสาร์ตอนเจ็ดโมงเช้า'],
};

describe.each(Object.entries(languages))('a summary in %s', (_, sentences) => {
  test('has whole sentences, each once', async () => {
    const summary = await summaryOf(userSays(...sentences, ...sentences));
    expect(summary).toBe(`User: ${sentences.join(' ')}`);
  });

  test('is carried on', async () => {
    const before = await summaryOf(userSays(...sentences));
    const [first = ''] = sentences;
    expect(await summaryOf(userSays('ok'), before)).toMatch(/^Earlier: User: /);
    expect(await summaryOf(userSays('ok'), `User: ${first}`)).toContain(`Earlier: User: ${first}\n`);
  });
});

describe('a summary in several languages', () => {
  /** Nouns that are nowhere else. */
  const nouns = (starts: readonly string[], index: number) =>
    starts.map((start) => `${start}${'bdgklmnp'[index % 8]}${'aeiou'[Math.floor(index / 8)]}`);
  const english = (index: number) => {
    const [a, b, c, d] = nouns(['fal', 'tor', 'mib', 'sel'], index);
    return `The ${a} is in the ${b}, and the ${c} of the ${d} costs more.`;
  };
  const german = (index: number) => {
    const [a, b, c, d] = nouns(['wal', 'kru', 'neb', 'zot'], index);
    return `Der ${a} ist auf dem ${b}, und der ${c} von dem ${d} kostet mehr.`;
  };
  const partOf = (summary: string) => {
    const germans = summary.match(/Der /g)?.length ?? 0;
    return germans / (germans + (summary.match(/The /g)?.length ?? 0));
  };

  test.each([
    [10, 10],
    [30, 10],
    [10, 30],
  ])('has a part of each as the conversation has: %i English, %i German', async (ofEnglish, ofGerman) => {
    const contents = [
      ...Array.from({ length: ofEnglish }, (_, index) => english(index)),
      ...Array.from({ length: ofGerman }, (_, index) => german(index)),
    ];
    const mixed = contents.map((content, index) => contents[(index * 7) % contents.length] ?? content);
    const part = partOf(await summaryOf(userSays(...mixed)));
    expect(Math.abs(part - ofGerman / contents.length)).toBeLessThanOrEqual(0.1);
  });
});

describe('a sentence', () => {
  test.each([
    'Dr. Smith and J. R. Hartley e.g. read page.html?id=3 at 2.5 GB.',
    'Er wohnt im 3. Stock bzw. im Dachgeschoss, d. h. Unter dem Himmel.',
    'Г. Иванов живет на 5. Этаже.',
  ])('is not torn apart: %s', async (sentence) => {
    const other = 'Something else is said here about another matter entirely';
    const summary = await summaryOf([said(`${sentence} ${other}.`, { name: 'Ewa' })]);
    expect(summary).toContain(sentence);
  });

  test('that a mail has broken into lines is whole', async () => {
    const mail =
      'We are moving to Norway this autumn with the whole family, and the movers\ncome on 26 October at seven in the morning.';
    expect(await summaryOf(userSays(mail))).toBe(`User: ${mail.replace('\n', ' ')}`);
  });
});

test('a summary resolves times that are said from the day of the message, and does so once', async () => {
  const summary = await summaryOf(
    userSays('I ordered the certificate yesterday, and the movers come tomorrow; last week was hard.'),
  );
  const dated =
    'User: I ordered the certificate yesterday (11 November 2025), and the movers come tomorrow (13 November 2025); last week (in the week before 12 November 2025) was hard.';
  expect(summary).toBe(dated);
  expect(await summaryOf(userSays('ok'), summary)).toContain(`Earlier: ${dated}\n`);
});
