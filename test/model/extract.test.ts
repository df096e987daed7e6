import { describe, expect, test } from 'vitest';
import { extractFrom, said, textsFrom, userSays } from './said.ts';

describe('a memory', () => {
  test.each([
    ['My name is Ewa.', "The user's name is Ewa."],
    ["Hi, I'm Marta and I run a bakery.", "The user's name is Marta."],
    ['I live in Gothenburg with my cat.', 'The user lives in Gothenburg.'],
    ["I've been living in Lyon for three years.", 'The user lives in Lyon.'],
    ["I'm a teacher at a school in Leeds.", 'The user is a teacher at a school in Leeds.'],
    ['I work at a bank in Zurich.', 'The user works at a bank in Zurich.'],
    ["I'm the CTO of a small company.", 'The user is the CTO of a small company.'],
    ['I was born in Chile but I grew up in Canada.', 'The user grew up in Canada.'],
    ['Please always answer in French.', 'The user wants answers in French.'],
    ['Never use semicolons in my code.', 'The user wants no semicolons used in code.'],
    ["I'm Swedish.", 'The user is Swedish.'],
    ['I have asthma, so I avoid dust.', 'The user has asthma.'],
    ["I'm allergic to hazelnuts, properly allergic.", 'The user is allergic to hazelnuts.'],
    ['My birthday is on 14 July.', "The user's birthday is on 14 July."],
    ['My dog is called Rex.', 'The user has a dog called Rex.'],
    ['I prefer tea to coffee.', 'The user prefers tea to coffee.'],
    ["I don't like flying, so I take the train.", 'The user does not like flying.'],
    ['I like pizza, pasta and sushi.', 'The user likes pizza, pasta and sushi.'],
    ['Please keep your answers short.', 'The user wants answers kept short.'],
    ['I went skiing with my brother Tom.', "Tom is the user's brother."],
    ['I usually squash before I merge.', 'The user usually squashes before they merge.'],
    ['I run along the river three times a week.', 'The user runs along the river three times a week.'],
  ])('of "%s" says "%s"', async (content, text) => {
    expect(await textsFrom(content)).toContain(text);
  });

  test('speaks of the user by the name that they gave', async () => {
    expect(await textsFrom('My name is Ewa.', 'I live in Gothenburg.')).toEqual([
      "The user's name is Ewa.",
      'Ewa lives in Gothenburg.',
    ]);
  });

  test('speaks of the user by the name that the assistant greets them with', async () => {
    const greeting = said('Good night, Ewa.', { role: 'assistant' });
    expect(await textsFrom('I live in Gothenburg.', greeting)).toEqual(['Ewa lives in Gothenburg.']);
  });

  test('speaks of a person by the name in the metadata, and keeps people apart', async () => {
    const memories = await extractFrom([
      said('I love pottery.', { name: 'Mel' }),
      said('I love pottery.', { role: 'assistant', name: 'Caro' }),
    ]);
    expect(memories.map(({ key, text }) => [key, text])).toEqual([
      ['mel-likes-pottery', 'Mel loves pottery.'],
      ['caro-likes-pottery', 'Caro loves pottery.'],
    ]);
  });

  test('names the message it was taken from, and only wanted categories are found', async () => {
    const messages = userSays('Good morning.', 'I live in Bonn. I love jazz.');
    const memories = await extractFrom(messages, ['preference']);
    expect(memories).toEqual([expect.objectContaining({ category: 'preference', messageId: 'm-2' })]);
  });

  test('is the newest of those with the same category and key', async () => {
    expect(await textsFrom('I live in Bonn.', 'I live in Kiel.')).toEqual(['The user lives in Kiel.']);
  });
});

describe('keys', () => {
  test('are the same for the same subject in another archive', async () => {
    const [before] = await extractFrom(userSays('I live in Bonn.'));
    const [after] = await extractFrom(userSays('Hello again!', 'We just moved to Kiel.'));
    expect([before?.key, after?.key]).toEqual(['home', 'home']);
  });

  test('are the same for liking and no longer liking', async () => {
    const [before] = await extractFrom(userSays('I love jazz.'));
    const [after] = await extractFrom(userSays('I hate jazz.'));
    expect(after?.key).toBe(before?.key);
  });

  test('are the same with and without the name in the conversation', async () => {
    const [, named] = await extractFrom(userSays('My name is Ewa.', 'I live in Bonn.'));
    const [unnamed] = await extractFrom(userSays('I live in Bonn.'));
    expect(named?.key).toBe(unnamed?.key);
  });
});

describe('an event', () => {
  test.each([
    ['I ordered the certificate yesterday.', 'The user ordered the certificate on 11 November 2025.'],
    ['I signed the contract last Friday.', 'The user signed the contract on 7 November 2025.'],
    [
      'Last week I went to a pride parade.',
      'The user went to a pride parade in the week before 12 November 2025.',
    ],
    ['I got married last year.', 'The user got married in 2024.'],
    ['We get the keys on 27 December.', 'The user gets the keys on 27 December 2025.'],
    ['Our wedding is on 12 June next year.', "The user's wedding is on 12 June 2026."],
    ["I'm flying to Rome on 12 March.", 'The user is flying to Rome on 12 March 2026.'],
    [
      'I booked the vet for Tuesday 16 December at 8:15.',
      'The user booked the vet for 16 December 2025 at 8:15.',
    ],
    [
      'The release is on Thursday at 10:00.',
      'The user said that the release is on 13 November 2025 at 10:00.',
    ],
    ['Maja starts at her new school on 24 November.', 'Maja starts at her new school on 24 November 2025.'],
  ])('of "%s" says "%s"', async (content, text) => {
    expect(await textsFrom(content)).toContain(text);
  });

  test('on a bare weekday keeps the day it was said on, when a later day was spoken of before', async () => {
    const texts = await textsFrom('The movers come on 26 December.', 'We take the night train on Monday.');
    expect(texts[1]).toBe('The user takes the night train on Monday (said on 12 November 2025).');
  });

  test('is dated by the time in the metadata, when the message was stored later', async () => {
    const message = said('I joined a choir yesterday.');
    expect(await textsFrom({ ...message, metadata: { at: '1:56 pm on 8 May, 2023' } })).toEqual([
      'The user joined a choir on 7 May 2023.',
    ]);
  });

  test.each(['8 May, 2099', '31 December 9999', '14 November 2025'])(
    'is dated by the time of the message, when the metadata name a later day: %s',
    async (at) => {
      const message = said('I joined a choir yesterday.');
      expect(await textsFrom({ ...message, metadata: { at } })).toEqual([
        'The user joined a choir on 11 November 2025.',
      ]);
    },
  );
});

describe('a case', () => {
  const advice = said('Turn off power saving for the Wi-Fi card. Then restart.', { role: 'assistant' });

  test('tells the problem, and the advice before the user said that it worked', async () => {
    const memories = await extractFrom([
      said('My laptop keeps losing the Wi-Fi.', { id: 'm-1' }),
      advice,
      said('That fixed it!', { id: 'm-3' }),
    ]);
    expect(memories).toEqual([
      {
        category: 'case',
        key: 'laptop-keep-lose-wi-fi',
        text: 'The user had the problem "My laptop keeps losing the Wi-Fi", and this solved it: "Turn off power saving for the Wi-Fi card".',
        confidence: 0.8,
        messageId: 'm-3',
      },
    ]);
  });

  test.each(['That did not work.', 'Did that fix it?', 'That worked, but only for a minute.'])(
    'is none after "%s"',
    async (answer) => {
      expect(await textsFrom('My laptop keeps losing the Wi-Fi.', advice, answer)).toEqual([]);
    },
  );
});

describe('nothing is remembered of', () => {
  test.each([
    ['a negation', "I don't live in Berlin. I do not have a dog. I'm not a doctor. I never play the piano."],
    ['the past', 'I used to live in Vienna. I no longer live in Rome. I was a teacher before I retired.'],
    ['a supposition', 'If I lived in Paris, I would eat croissants every day.'],
    ['a wish', 'I wish I had a sister called Anna. I would like to have a dog called Rex.'],
    [
      'a guess',
      "Maybe I'm allergic to nuts. I might be moving to Oslo on 3 May. I almost bought a car yesterday.",
    ],
    ['a question', 'Do I like coffee? Am I a nurse? What if I live in Rome?'],
    ['a quotation', 'She said "I live in Rome" and laughed.\n\n> I have asthma.'],
    ['reported speech', 'You said I live in Rome. People say I am a genius.'],
    ['code', '```\nI live in Rome.\n```\nand `I love jazz`?'],
    ['a task', 'Translate this: I live in Madrid.'],
    ['fiction', 'Write a short story. My name is Bob and I live in London.'],
    ['pasted text', 'Here is the letter:\n\nI live in Madrid. I have asthma.'],
    ['irony', 'Oh great, I just love waiting for the bus every day. I love Mondays, yeah right.'],
    [
      'somebody else',
      'My friend lives in Oslo and has a cat called Tom. My neighbour bought a car yesterday.',
    ],
    [
      'what only the conversation explains',
      'I like the blue one. I love that. I always take her there. Python loves whitespace.',
    ],
    ['a commonplace', "I'm a mess today. I'm a bit tired. I'm a big believer in tests. I love you."],
    ['an instruction', 'Call me tomorrow. Call me back later. Read the file and fix it.'],
  ])('%s', async (_, content) => {
    expect(await textsFrom(content)).toEqual([]);
  });

  test('what an assistant without a name, a tool or the system says', async () => {
    const roles = ['assistant', 'tool', 'system'] as const;
    expect(await textsFrom(...roles.map((role) => said('I live in Rome. I love jazz.', { role })))).toEqual(
      [],
    );
  });

  test("a tool's message with a name", async () => {
    expect(await textsFrom(said('I live in Rome.', { role: 'tool', name: 'read_file' }))).toEqual([]);
  });
});
